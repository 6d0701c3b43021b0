import { expect, test } from "vitest";
import { placement, tags } from "./placement.ts";

test.each([
  ["libs/settings/index.ts", "settings", ["type:lib"]],
  ["rehearsal/engine/steps/types.ts", "engine", ["type:engine"]],
  ["rehearsal/planner/plan.ts", "planner", ["type:planner"]],
  ["rehearsal/cloud", "cloud", ["type:cloud"]],
  ["rehearsal/effects", "effects", ["type:effects"]],
  ["infra/components/network/network.ts", "components", ["type:component"]],
  ["infra/policies/index.ts", "policies", ["type:policies"]],
  ["infra/cost/index.ts", "cost", ["type:cost"]],
  ["infra/stacks/kubernetes-addons/index.ts", "kubernetes-addons", ["type:stack"]],
  ["services/catalog/src/main.ts", "catalog", ["type:service-src", "service:catalog"]],
  ["services/catalog/infra/index.ts", "catalog-infra", ["type:service-infra", "service:catalog"]],
  ["services/catalog/data/index.ts", "catalog-data", ["type:service-infra", "service:catalog"]],
  ["pipelines/delivery/gate.ts", "delivery", ["type:delivery"]],
  ["pipelines/workflows/release.ts", "workflows", ["type:workflows"]],
  ["runbooks/high-latency/check.ts", "runbooks", ["type:operations"]],
  ["tools/cli/bin/fairway.mjs", "cli", ["type:tool"]],
  ["bench/plan.ts", "bench", ["type:bench"]],
])("%s belongs to %s", (path, name, expected) => {
  const place = placement(path);
  expect(place?.name).toBe(name);
  expect(place && tags(place)).toEqual(expected);
});

test.each(["platform.config.ts", "vitest.config.ts", "docs/adopt.md", "infra/README.md"])(
  "%s belongs to the whole repository",
  (path) => {
    expect(placement(path)).toBeUndefined();
  },
);

test("a folder whose name only begins like a part of a service belongs to the service", () => {
  expect(placement("services/catalog/infrared/index.ts")?.root).toBe("services/catalog");
});
