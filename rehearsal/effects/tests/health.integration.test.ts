import { afterEach, expect, test } from "vitest";
import { type Rehearsal, rehearse, until } from "../testing/rehearsal.ts";
import { rule, service } from "../testing/resources.ts";

let rehearsal: Rehearsal;
afterEach(() => rehearsal.end());

/** With a grace period that keeps the orchestrator from replacing what is unhealthy. */
const grace = 3600;

async function pidOf(path: string): Promise<string> {
  const answer = await fetch(`${rehearsal.url}${path}`);
  await answer.text();
  return answer.headers.get("x-pid") ?? `status ${answer.status}`;
}

const unhealthy = () => rehearsal.events.some((event) => event.kind === "task" && event.state === "unhealthy");

test("no request goes to an unhealthy target while another is healthy", async () => {
  rehearsal = await rehearse({ grace });
  await rehearsal.effects.settled("staging");
  const sick = await pidOf("/app/sicken");
  await until("the target is unhealthy", unhealthy);
  const answering = new Set<string>();
  for (let index = 0; index < 20; index++) answering.add(await pidOf("/app"));
  expect(answering.size).toBe(1);
  expect(answering).not.toContain(sick);
  expect(rehearsal.effects.status()[0]?.services[0]).toMatchObject({ state: "degraded", running: 2, healthy: 1 });
});

test("when all targets are unhealthy, requests go to them all the same, as an ALB fails open", async () => {
  rehearsal = await rehearse({ grace, desired: 1 });
  await rehearsal.effects.settled("staging");
  const sick = await pidOf("/app/sicken");
  await until("the target is unhealthy", unhealthy);
  expect(await pidOf("/app")).toBe(sick);
});

test("an unhealthy task is replaced, and says why it was", async () => {
  rehearsal = await rehearse();
  await rehearsal.effects.settled("staging");
  const sick = await pidOf("/app/sicken");
  const healthy = () => rehearsal.effects.status()[0]?.services[0]?.healthy;
  await until("the target is unhealthy", unhealthy);
  await until("two are healthy again", () => healthy() === 2);
  const drained = rehearsal.events.find((event) => event.kind === "task" && event.state === "draining");
  expect(drained).toMatchObject({ reason: expect.stringMatching(/^GET \/healthz → 500 after \d tries/) as string });
  const answering = new Set([await pidOf("/app"), await pidOf("/app"), await pidOf("/app")]);
  expect(answering.size).toBe(2);
  expect(answering).not.toContain(sick);
});

test("weights decide between target groups, and a group without targets keeps its share", async () => {
  rehearsal = await rehearse();
  await rehearsal.effects.settled("staging");
  const forward = (app: number, other: number) => {
    const declared = rule();
    const [action] = declared.outputs.actions as [{ targetGroupArn: string }];
    const targetGroups = [
      { arn: action.targetGroupArn, weight: app },
      { arn: `${action.targetGroupArn}-other`, weight: other },
    ];
    declared.outputs.actions = [{ type: "forward", forward: { targetGroups } }];
    rehearsal.effects.put("staging", declared);
  };
  forward(1, 0);
  expect((await fetch(`${rehearsal.url}/app`)).status).toBe(200);
  forward(0, 1);
  const answer = await fetch(`${rehearsal.url}/app`);
  expect([answer.status, answer.headers.get("x-fairway-reason")]).toEqual([503, "no-targets"]);
});

test("a service without a load balancer is deployed when its tasks keep running", async () => {
  rehearsal = await rehearse();
  const worker = service();
  worker.outputs.loadBalancers = [];
  rehearsal.effects.put("staging", worker);
  const [deployment] = await rehearsal.effects.settled("staging");
  expect(deployment).toMatchObject({ status: "successful", healthy: 2 });
});
