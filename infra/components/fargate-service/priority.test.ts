import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listenerPriority, type Routed } from "./priority.ts";

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

  test("set by hand wins", () => {
    expect(listenerPriority({ ...named("orders"), priority: 123 })).toBe(123);
  });
});
