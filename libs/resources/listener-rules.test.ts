import { expect, test } from "vitest";
import { listenerRuleProblems } from "./listener-rules.ts";
import type { JsonMap, PlannedResource } from "./types.ts";

const LISTENER =
  "arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/edge-public-1a2b3c4/50dc6c495c0c9188/f2f7dc8efc522ab2";
const OTHER_LISTENER = LISTENER.replace("f2f7dc8efc522ab2", "0123456789abcdef");
const OTHER_BALANCER = LISTENER.replace("50dc6c495c0c9188", "aaaabbbbccccdddd");

/** A service's listener rule. */
function rule(service: string, inputs: JsonMap, rest: Partial<PlannedResource> = {}): PlannedResource {
  const type = "aws:lb/listenerRule:ListenerRule";
  return {
    urn: `urn:pulumi:dev::${service}::${type}::${service}`,
    type,
    name: service,
    project: service,
    stack: "dev",
    custom: true,
    external: false,
    inputs: { listenerArn: LISTENER, ...inputs },
    outputs: {},
    secrets: [],
    unknowns: [],
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    known: "modelled",
    ...rest,
  };
}

/** As many rules as asked for, each with a priority of its own, in the order of their names. */
function rules(count: number, listenerArn = LISTENER): PlannedResource[] {
  return Array.from({ length: count }, (_, index) =>
    rule(`service-${String(index).padStart(3, "0")}`, { listenerArn, priority: 100 + index }),
  );
}

const found = (resources: PlannedResource[], limit?: number) =>
  listenerRuleProblems(resources, limit).map(({ resource, message }) => `${resource.name} ${message}`);

test("a hundred rules are what a load balancer takes; the hundred-and-first is refused by name, whatever the order of plans", () => {
  expect(found(rules(100))).toEqual([]);
  expect(found(rules(101).reverse())).toEqual([
    expect.stringMatching(/^service-100 is rule 101 of load balancer edge-public-1a2b3c4, which takes 100\. .*raise the quota/),
  ]);
});

test("rules of all listeners of a load balancer count together, those of another do not", () => {
  const here = rules(100);
  expect(found([...here, rule("zebra", { listenerArn: OTHER_LISTENER, priority: 1 })])).toEqual([
    expect.stringMatching(/^zebra is rule 101/),
  ]);
  expect(found([...here, rule("zebra", { listenerArn: OTHER_BALANCER, priority: 1 })])).toEqual([]);
});

test("a raised quota is believed", () => {
  expect(found(rules(101), 200)).toEqual([]);
});

test("two rules of one listener with one priority are refused, naming both and the way out", () => {
  expect(found([rule("orders", { priority: 700 }), rule("basket", { priority: 700 })])).toEqual([
    expect.stringMatching(/^orders has priority 700, as "basket" of basket has on the same listener\. Set another `priority`/),
  ]);
});

test("one priority on two listeners is none of either's business, nor is one that AWS gives", () => {
  expect(found([rule("orders", { priority: 700 }), rule("basket", { priority: 700, listenerArn: OTHER_LISTENER })])).toEqual([]);
  expect(found([rule("orders", {}), rule("basket", {})])).toEqual([]);
});

test("nothing is said of rules whose listener is not known yet, of those that are only read, and of other resources", () => {
  const { listenerArn: _, ...unknown } = rule("orders", { priority: 700 }).inputs;
  expect(
    found([
      rule("basket", { priority: 700 }),
      rule("orders", {}, { inputs: unknown, unknowns: ["listenerArn"] }),
      rule("read", { priority: 700 }, { external: true }),
      rule("listener", { priority: 700 }, { type: "aws:lb/listener:Listener" }),
    ]),
  ).toEqual([]);
});
