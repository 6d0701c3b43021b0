import { afterEach, expect, test } from "vitest";
import { type Rehearsal, rehearse } from "../testing/rehearsal.ts";

let rehearsal: Rehearsal | undefined;
afterEach(async () => {
  await rehearsal?.end();
  rehearsal = undefined;
});

test("a service answers through the load balancer that the resources declare", async () => {
  rehearsal = await rehearse();
  const [deployment] = await rehearsal.effects.settled("staging");
  expect(deployment).toMatchObject({ service: "app", status: "successful", healthy: 2, desired: 2 });
  const answer = await fetch(`${rehearsal.url}/app/hello`);
  expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
  const unknown = await fetch(`${rehearsal.url}/nowhere`);
  expect([unknown.status, await unknown.text()]).toEqual([404, "no such path"]);
  const [status] = rehearsal.effects.status();
  expect(status?.services[0]).toMatchObject({ state: "serving", healthy: 2, running: 2, url: `${rehearsal.url}/app` });
  const metrics = rehearsal.effects.metrics("staging");
  expect(metrics?.total("RequestCount", { loadBalancer: "app/edge/50dc6c495c0c9188" })).toBe(1);
});
