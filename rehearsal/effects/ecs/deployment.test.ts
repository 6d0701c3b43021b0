import { describe, expect, test } from "vitest";
import type { Service, TaskDefinition } from "../world/services.ts";
import {
  asksForDeployment,
  begin,
  decide,
  failureThreshold,
  type Pace,
  resume,
  type ServiceRecord,
  startsAgainAt,
  type TaskView,
} from "./deployment.ts";

const calm: Pace = { failures: 0, lastFailureAt: 0 };
const v1: TaskDefinition = { arn: "app:1", containers: [] };
const v2: TaskDefinition = { arn: "app:2", containers: [] };

function service(changes: Partial<Service> = {}): Service {
  return {
    urn: "urn",
    name: "app",
    clusterName: "main",
    desired: 2,
    taskDefinitionArn: "app:2",
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    circuitBreaker: { enable: true, rollback: true },
    gracePeriod: 0,
    deadline: 600_000,
    loadBalancers: [],
    forced: "",
    ...changes,
  };
}

function task(id: string, definition: TaskDefinition, health: TaskView["health"], startedAt = 0): TaskView {
  return { id, taskDefinition: definition.arn, health, startedAt };
}

/** A deployment of v2 over a completed v1. */
function rolling(changes: Partial<ServiceRecord["deployment"]> = {}): ServiceRecord {
  const record = begin(service(), v2, undefined, 0);
  return { ...record, completed: v1, deployment: { ...record.deployment, ...changes } };
}

describe("the circuit breaker's threshold is half of the wanted tasks, from 3 to 200", () => {
  test.each([
    [1, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [400, 200],
    [1000, 200],
  ])("%i wanted: %i failures", (desired, threshold) => expect(failureThreshold(desired)).toBe(threshold));
});

describe("a rolling update", () => {
  test("starts as many new tasks as the maximum percent leaves room for", () => {
    const old = [task("a", v1, "healthy"), task("b", v1, "healthy")];
    expect(decide(service(), rolling(), old, calm, 0).start).toEqual({ definition: v2, count: 2 });
    expect(decide(service({ maximumPercent: 150 }), rolling(), old, calm, 0).start).toEqual({ definition: v2, count: 1 });
  });

  test("stops an old task for each new one that is healthy, and no more", () => {
    const tasks = [task("a", v1, "healthy"), task("b", v1, "healthy"), task("c", v2, "healthy"), task("d", v2, "starting")];
    expect(decide(service(), rolling(), tasks, calm, 0).stop).toEqual([{ id: "a", why: "replaced" }]);
  });

  test("may stop old tasks first when the minimum percent lets it", () => {
    const tasks = [task("a", v1, "healthy"), task("b", v1, "healthy")];
    const decision = decide(service({ minimumHealthyPercent: 50, maximumPercent: 100 }), rolling(), tasks, calm, 0);
    expect(decision).toEqual({ start: { definition: v2, count: 1 }, stop: [{ id: "a", why: "replaced" }] });
  });

  test("has succeeded when all wanted new tasks are healthy and no old one is left", () => {
    const done = [task("c", v2, "healthy"), task("d", v2, "healthy")];
    expect(decide(service(), rolling(), done, calm, 7).deployment).toMatchObject({ status: "successful", endedAt: 7 });
    expect(decide(service(), rolling(), [...done, task("a", v1, "healthy")], calm, 7).deployment).toBeUndefined();
  });

  test("stops an unhealthy new task at once, but not within the grace period", () => {
    const tasks = [task("a", v1, "healthy"), task("b", v1, "healthy"), task("c", v2, "unhealthy", 0)];
    expect(decide(service(), rolling(), tasks, calm, 5000).stop).toEqual([{ id: "c", why: "unhealthy" }]);
    expect(decide(service({ gracePeriod: 30_000 }), rolling(), tasks, calm, 5000).stop).toEqual([]);
  });
});

describe("a deployment that fails", () => {
  const old = [task("a", v1, "healthy"), task("b", v1, "healthy")];

  test("rolls back at the breaker's threshold, with the reason of the last failure", () => {
    const failing = (failedTasks: number) => rolling({ failedTasks, reason: "exited with code 1" });
    expect(decide(service(), failing(2), old, calm, 9).deployment).toBeUndefined();
    expect(decide(service(), failing(3), old, calm, 9).deployment).toMatchObject({
      status: "rolling-back",
      turnedAt: 9,
      reason: "exited with code 1",
    });
  });

  test("rolls back at its deadline, with or without a breaker", () => {
    const plain = service({ circuitBreaker: { enable: false, rollback: false }, deadline: 60_000 });
    expect(decide(plain, rolling({ failedTasks: 50 }), old, calm, 60_000).deployment).toBeUndefined();
    expect(decide(plain, rolling(), old, calm, 60_001).deployment).toMatchObject({
      status: "rolling-back",
      reason: "not 2 healthy tasks after 60 s",
    });
  });

  test("fails without a rollback when it is the first: there is nothing to go back to", () => {
    const first = begin(service(), v2, undefined, 0);
    const failing = { ...first, deployment: { ...first.deployment, failedTasks: 3 } };
    expect(decide(service(), failing, [], calm, 9).deployment).toMatchObject({ status: "failed", endedAt: 9 });
  });

  test("stops every task of the bad version, then is rolled back when the old one is whole again", () => {
    const back = rolling({ status: "rolling-back", turnedAt: 9 });
    const mixed = [task("a", v1, "healthy"), task("c", v2, "starting"), task("d", v2, "unhealthy")];
    const decision = decide(service(), back, mixed, calm, 10);
    expect(decision.stop.map((one) => one.id)).toEqual(["c", "d"]);
    expect(decision.start).toEqual({ definition: v1, count: 1 });
    expect(decide(service(), back, old, calm, 11).deployment).toMatchObject({ status: "rolled-back" });
  });
});

describe("a service at rest", () => {
  const steady = rolling({ status: "successful" });

  test("replaces a task that ended", () => {
    expect(decide(service(), steady, [task("c", v2, "healthy")], calm, 0).start).toEqual({ definition: v2, count: 1 });
  });

  test("starts the replacement of an unhealthy task before it stops it", () => {
    const sick = [task("c", v2, "healthy"), task("d", v2, "unhealthy")];
    expect(decide(service(), steady, sick, calm, 0)).toEqual({ start: { definition: v2, count: 1 }, stop: [] });
    const starting = [...sick, task("e", v2, "starting")];
    expect(decide(service(), steady, starting, calm, 0)).toEqual({ start: undefined, stop: [] });
    const replaced = [...sick, task("e", v2, "healthy")];
    expect(decide(service(), steady, replaced, calm, 0)).toEqual({ start: undefined, stop: [{ id: "d", why: "unhealthy" }] });
  });

  test("scales in its youngest tasks", () => {
    const three = [task("c", v2, "healthy", 1), task("d", v2, "healthy", 3), task("e", v2, "healthy", 2)];
    expect(decide(service(), steady, three, calm, 5).stop).toEqual([{ id: "d", why: "scaled in" }]);
  });

  test("replaces the first failed task at once, and repeated ones ever more slowly, up to 30 s", () => {
    const delays = [1, 2, 3, 4, 20].map((failures) => startsAgainAt({ failures, lastFailureAt: 1000 }) - 1000);
    expect(delays).toEqual([0, 500, 1000, 2000, 30_000]);
    const pace = { failures: 3, lastFailureAt: 1000 };
    expect(decide(service(), steady, [], pace, 1999).start).toBeUndefined();
    expect(decide(service(), steady, [], pace, 2000).start).toEqual({ definition: v2, count: 2 });
  });
});

describe("what asks for a deployment", () => {
  test("another task definition does, another number of tasks does not", () => {
    const steady = rolling({ status: "successful" });
    expect(asksForDeployment(service({ taskDefinitionArn: "app:3" }), steady)).toBe(true);
    expect(asksForDeployment(service({ desired: 9 }), steady)).toBe(false);
  });

  test("after a rollback the same declaration does not, a changed one does", () => {
    const failed = rolling({ status: "rolled-back" });
    expect(asksForDeployment(service(), failed)).toBe(false);
    expect(asksForDeployment(service({ gracePeriod: 60_000 }), failed)).toBe(true);
  });
});

describe("a rehearsal that starts again", () => {
  test("deploys what it was deploying", () => {
    expect(resume(rolling({ failedTasks: 2 }), 50).deployment).toEqual({
      target: v2,
      status: "in-progress",
      startedAt: 50,
      failedTasks: 0,
    });
  });

  test("runs the version before one that was rolled back, and still says why", () => {
    const record = resume(rolling({ status: "rolled-back", reason: "exited with code 1", endedAt: 9 }), 50);
    expect(record.deployment).toMatchObject({ status: "rolling-back", turnedAt: 50, reason: "exited with code 1" });
    expect(decide(service(), record, [], calm, 50).start).toEqual({ definition: v1, count: 2 });
  });

  test("tries a first deployment again that failed", () => {
    const first = begin(service(), v2, undefined, 0);
    const failed: ServiceRecord = { ...first, deployment: { ...first.deployment, status: "failed", failedTasks: 3 } };
    expect(resume(failed, 50).deployment).toMatchObject({ status: "in-progress", failedTasks: 0 });
  });
});
