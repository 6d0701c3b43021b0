import { Secret } from "@fairway/engine";
import { describe, expect, test } from "vitest";
import { resource, service, stack, taskDefinition, taskDefinitionArn } from "../testing/resources.ts";
import { secretValue } from "./secrets.ts";
import { milliseconds } from "./services.ts";
import { World } from "./world.ts";

function world(resources = stack()): World {
  const made = new World();
  for (const one of resources) made.put(one);
  return made;
}

describe("what resources declare", () => {
  test("a service, with its deadline from the tag and times in milliseconds", () => {
    const [declared] = world(stack({ deadline: "5m", grace: 30, desired: 3 })).declared().services;
    expect(declared).toMatchObject({
      name: "app",
      clusterName: "main",
      desired: 3,
      taskDefinitionArn: taskDefinitionArn("app", 1),
      deadline: 300_000,
      gracePeriod: 30_000,
      circuitBreaker: { enable: true, rollback: true },
    });
  });

  test("as many tasks as autoscaling holds at least, when that is more", () => {
    const scaling = (minCapacity: number) =>
      resource("aws:appautoscaling/target:Target", "app", { resourceId: "service/main/app", minCapacity, maxCapacity: 9 });
    const desired = (least: number) => world([service({ desired: 2 }), scaling(least)]).declared().services[0]?.desired;
    expect([desired(1), desired(4)]).toEqual([2, 4]);
  });

  test("numbers that are written as text", () => {
    const group = stack().find((one) => one.type.endsWith(":TargetGroup"));
    const written = { ...group?.outputs, deregistrationDelay: "15", healthCheck: { interval: "7", matcher: "200-299" } };
    const declared = world([resource("aws:lb/targetGroup:TargetGroup", "app", written)]).declared().targetGroups[0];
    expect(declared).toMatchObject({ deregistrationDelay: 15_000, health: { interval: 7000, matcher: "200-299", path: "/" } });
  });

  test("secret containers, opened for the process", () => {
    const definition = taskDefinition({ environment: { COLOUR: "blue" } });
    definition.outputs.containerDefinitions = new Secret(definition.outputs.containerDefinitions ?? null);
    const [container] = world([definition]).declared().taskDefinitions[0]?.containers ?? [];
    expect(container?.environment).toEqual({ COLOUR: "blue", VERSION: "1" });
  });
});

describe("a replaced resource and its successor share a URN", () => {
  const [first, second] = [taskDefinition({ revision: 1 }), taskDefinition({ revision: 2 })];
  const arns = (of: World) => of.declared().taskDefinitions.map((one) => one.arn);

  test("the replaced one counts until it is removed by its id, though the successor has the same id", () => {
    const both = world([first, second]);
    expect(arns(both)).toEqual([taskDefinitionArn("app", 1), taskDefinitionArn("app", 2)]);
    both.remove(first.urn, first.id);
    expect(arns(both)).toEqual([taskDefinitionArn("app", 2)]);
  });

  test("without an id, all of the URN goes", () => {
    const both = world([first, second]);
    both.remove(first.urn);
    expect(arns(both)).toEqual([]);
  });

  test("a replaced rule no longer routes", () => {
    const rule = stack().find((one) => one.type.endsWith(":ListenerRule"));
    if (!rule) throw new Error("the stack has no rule");
    const successor = { ...rule, id: "other", outputs: { ...rule.outputs, arn: "other" } };
    expect(
      world([rule, successor])
        .declared()
        .rules.map((one) => one.arn),
    ).toEqual(["other"]);
    expect(world([{ ...rule, delete: true }]).declared().rules).toEqual([]);
  });
});

describe("secret references", () => {
  const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbCdEf";
  const values = {
    secrets: new Map([[arn, JSON.stringify({ user: "shop", port: 5432 })]]),
    parameters: new Map([["/shop/token", "t0ken"]]),
  };
  test.each([
    [arn, '{"user":"shop","port":5432}'],
    [`${arn}:user::`, "shop"],
    [`${arn}:port::`, "5432"],
    [`${arn}:absent::`, undefined],
    [arn.replace("-AbCdEf", ""), '{"user":"shop","port":5432}'],
    [arn.replace("db", "other"), undefined],
    ["/shop/token", "t0ken"],
    ["/shop/other", undefined],
  ])("%s", (reference, expected) => expect(secretValue(reference, values)).toBe(expected));
});

test.each([
  ["90s", 90_000],
  ["10m", 600_000],
  ["1.5h", 5_400_000],
  ["soon", undefined],
  ["", undefined],
])("a duration %s is %s ms", (duration, expected) => expect(milliseconds(duration)).toBe(expected));
