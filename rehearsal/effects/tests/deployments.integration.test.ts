import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearse, until } from "../testing/rehearsal.ts";
import { service, taskDefinition, taskDefinitionArn } from "../testing/resources.ts";
import { startLoad } from "../testing/start-load.ts";

let rehearsal: Rehearsal;
afterEach(() => rehearsal.end());

const rate = 50;

async function versionOf(url: string): Promise<string | null> {
  const answer = await fetch(url);
  await answer.text();
  return answer.headers.get("x-version");
}

test("a rolling update under load fails no request", async () => {
  rehearsal = await rehearse();
  await rehearsal.effects.settled("staging");
  const load = await startLoad({ url: `${rehearsal.url}/app/slow?ms=30`, rate, seed: 11 });

  rehearsal.change({ revision: 2 });
  const [deployment] = await rehearsal.effects.settled("staging");
  expect(deployment).toMatchObject({ status: "successful", taskDefinition: taskDefinitionArn("app", 2), healthy: 2 });

  expect(await versionOf(`${rehearsal.url}/app`)).toBe("2");
  const report = await load.end();
  expect(report.failures).toEqual([]);
  expect(Object.keys(report.versions)).toContain("2");
});

describe("a bad version is rolled back, says why, and the good one serves all the while", () => {
  test.each([
    ["crash", "exited with code 1", "TABLE is not set"],
    ["sick", "GET /healthz → 500 after 2 tries", "listening"],
    ["deaf", "never listened on PORT (GET /healthz → connection refused after 2 tries)", "starting 2 as deaf"],
  ])("%s", async (mode, reason, lastLine) => {
    rehearsal = await rehearse();
    await rehearsal.effects.settled("staging");
    const load = await startLoad({ url: `${rehearsal.url}/app`, rate, seed: 12 });

    rehearsal.change({ revision: 2, environment: { MODE: mode } });
    const [deployment] = await rehearsal.effects.settled("staging");
    expect(deployment).toMatchObject({ status: "rolled-back", taskDefinition: taskDefinitionArn("app", 2) });
    expect(deployment?.reason).toContain(reason);
    expect(deployment?.reason).toContain(lastLine);

    const report = await load.end();
    expect({ failures: report.failures, versions: Object.keys(report.versions) }).toEqual({ failures: [], versions: ["1"] });
    expect(rehearsal.effects.status()[0]?.services[0]?.state).toBe("rolled back");
    const urn = service().urn;
    expect(rehearsal.effects.drift("staging")).toEqual([{ urn, live: { taskDefinition: taskDefinitionArn("app", 1) } }]);
  });
});

test("a deployment without an image here fails by its name, without waiting", async () => {
  rehearsal = await rehearse();
  await rehearsal.effects.settled("staging");
  rehearsal.change({ revision: 2, image: `registry.example/app@sha256:${"b".repeat(64)}` });
  const [deployment] = await rehearsal.effects.settled("staging");
  expect(deployment).toMatchObject({ status: "rolled-back" });
  expect(deployment?.reason).toContain("was never built on this machine");
});

test("the first deployment can't roll back: it fails", async () => {
  rehearsal = await rehearse({ environment: { MODE: "crash" } });
  const [deployment] = await rehearsal.effects.settled("staging");
  expect(deployment).toMatchObject({ status: "failed", healthy: 0 });
  expect(deployment?.reason).toContain("exited with code 1");
  expect((await fetch(`${rehearsal.url}/app`)).status).toBe(503);
});

test("a deployment that never gets healthy fails at the deadline of its tag", async () => {
  rehearsal = await rehearse();
  await rehearsal.effects.settled("staging");
  rehearsal.change({ revision: 2, environment: { MODE: "sick" }, grace: 3600, deadline: "2s" });
  const [deployment] = await rehearsal.effects.settled("staging");
  expect(deployment).toMatchObject({ status: "rolled-back", reason: "not 2 healthy tasks after 2 s" });
});

describe("after a rollback", () => {
  const bad = { revision: 2, environment: { MODE: "crash" } };

  test("the same resource again changes nothing; a new revision is deployed", async () => {
    rehearsal = await rehearse();
    await rehearsal.effects.settled("staging");
    rehearsal.change(bad);
    await rehearsal.effects.settled("staging");

    const before = rehearsal.events.length;
    rehearsal.change(bad);
    expect(await rehearsal.effects.settled("staging")).toMatchObject([{ status: "rolled-back" }]);
    expect(rehearsal.events.slice(before)).toEqual([]);

    rehearsal.change({ revision: 3 });
    expect(await rehearsal.effects.settled("staging")).toMatchObject([{ status: "successful" }]);
    expect(rehearsal.effects.drift("staging")).toEqual([]);
  });

  test("a refresh that puts what is live, then the same revision again, tries it again", async () => {
    rehearsal = await rehearse();
    await rehearsal.effects.settled("staging");
    rehearsal.change(bad);
    await rehearsal.effects.settled("staging");

    rehearsal.effects.put("staging", service({ revision: 1 }));
    rehearsal.effects.put("staging", service({ revision: 2 }));
    expect(await rehearsal.effects.settled("staging")).toMatchObject([{ status: "rolled-back" }]);
    const crashes = rehearsal.events.filter((event) => event.kind === "task" && event.reason?.includes("exited with code 1"));
    expect(crashes.length).toBeGreaterThan(3);
  });

  test("a rehearsal that starts again serves the good version, without its resource, and knows the failure", async () => {
    rehearsal = await rehearse();
    await rehearsal.effects.settled("staging");
    rehearsal.change(bad);
    await rehearsal.effects.settled("staging");
    await rehearsal.effects.stop();

    const again = await rehearse(bad, rehearsal.folder);
    try {
      const [deployment] = await again.effects.settled("staging");
      expect(deployment).toMatchObject({ status: "rolled-back", taskDefinition: taskDefinitionArn("app", 2) });
      expect(deployment?.reason).toContain("exited with code 1");
      expect(await versionOf(`${again.url}/app`)).toBe("1");
      expect(again.effects.drift("staging")).toHaveLength(1);
    } finally {
      await again.end();
    }
  });
});

test("a service that left the state ends with its processes", async () => {
  rehearsal = await rehearse();
  await rehearsal.effects.settled("staging");
  rehearsal.effects.remove("staging", service().urn);
  await until("all tasks stopped", () => stopped(rehearsal) === 2);
  expect(rehearsal.effects.status()[0]?.services).toEqual([]);
  expect((await fetch(`${rehearsal.url}/app`)).headers.get("x-fairway-reason")).toBe("no-targets");
});

test("a replaced task definition may leave the state while its successor is deployed", async () => {
  rehearsal = await rehearse();
  await rehearsal.effects.settled("staging");
  const old = taskDefinition();
  rehearsal.change({ revision: 2, environment: { MODE: "crash" } });
  rehearsal.effects.remove("staging", old.urn, old.id);
  expect(await rehearsal.effects.settled("staging")).toMatchObject([{ status: "rolled-back" }]);
  expect(await versionOf(`${rehearsal.url}/app`)).toBe("1");
});

function stopped({ events }: Rehearsal): number {
  return events.filter((event) => event.kind === "task" && event.state === "stopped").length;
}
