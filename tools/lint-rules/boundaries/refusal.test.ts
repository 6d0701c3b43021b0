import { describe, expect, test } from "vitest";
import { refusal } from "./refusal.ts";

const packages = new Map(
  [
    "libs/settings",
    "libs/service",
    "rehearsal/engine",
    "rehearsal/cloud",
    "infra/components",
    "infra/policies",
    "infra/stacks/network",
    "infra/stacks/edge",
    "services/catalog",
    "services/orders",
    "pipelines/delivery",
    "tools/cli",
  ].map((root) => [`@fairway/${root.split("/").at(-1)}`, root]),
);
packages.set("@fairway/catalog-infra", "services/catalog/infra");
packages.set("@fairway/catalog-data", "services/catalog/data");

const importing = (from: string, specifier: string) => refusal({ from, specifier, packages });

describe("module boundaries allow", () => {
  test.each([
    ["libs/service/define.ts", "@fairway/settings"],
    ["libs/service/define.ts", "zod"],
    ["libs/service/define.ts", "./duration.ts"],
    ["rehearsal/engine/index.ts", "@pulumi/pulumi/proto/engine_pb"],
    ["rehearsal/cloud/aws/index.ts", "@fairway/engine"],
    ["infra/stacks/edge/index.ts", "@fairway/network/outputs"],
    ["infra/stacks/edge/index.ts", "@fairway/components"],
    ["infra/stacks/edge/index.ts", "../../../platform.config.ts"],
    ["services/catalog/infra/index.ts", "@fairway/edge/outputs"],
    ["services/catalog/infra/index.ts", "@fairway/catalog/service"],
    ["services/catalog/infra/index.ts", "@fairway/catalog-data/outputs"],
    ["services/catalog/src/main.ts", "../service.ts"],
    ["services/catalog/src/main.ts", "@fairway/delivery/record"],
    ["pipelines/delivery/index.ts", "@fairway/engine"],
    ["tools/cli/main.ts", "@fairway/delivery"],
    ["tools/cli/bin/fairway.mjs", "../../bootstrap/run.mjs"],
    ["platform.config.ts", "@fairway/settings"],
    ["vitest.config.ts", "@fairway/cli"],
    ["infra/components/network/network.test.ts", "@fairway/engine"],
    ["infra/policies/policies.test.ts", "@fairway/components"],
    ["infra/policies/fixtures/edge.ts", "@fairway/components"],
  ])("%s to import %s", (from, specifier) => {
    expect(importing(from, specifier)).toBeUndefined();
  });
});

describe("module boundaries refuse", () => {
  test.each([
    ["libs/service/define.ts", "@fairway/engine", /may import: libs\.$/],
    ["libs/service/define.ts", "@pulumi/aws", /no I\/O, no cloud/],
    ["libs/service/define.ts", "node:fs/promises", /no I\/O, no cloud/],
    ["rehearsal/engine/index.ts", "@fairway/cloud", /may import: libs\.$/],
    ["rehearsal/engine/index.ts", "@pulumi/aws/s3", /the engine knows no cloud/],
    ["rehearsal/cloud/index.ts", "@fairway/components", /libs; the engine/],
    ["infra/components/index.ts", "@fairway/network/outputs", /may import: libs\.$/],
    ["infra/components/index.ts", "../../platform.config.ts", /take what it needs of it as a parameter/],
    ["infra/policies/index.ts", "@fairway/components", /may import: libs\.$/],
    ["infra/policies/fixtures/edge.ts", "@fairway/network/outputs", /may import: libs\.$/],
    ["infra/policies/pack/pack.ts", "../../../platform.config.ts", /take what it needs of it as a parameter/],
    ["infra/stacks/edge/index.ts", "@fairway/network", /other stacks' \/outputs/],
    ["infra/stacks/edge/index.ts", "@fairway/network/index", /other stacks' \/outputs/],
    ["infra/stacks/edge/index.ts", "../network/outputs.ts", /by the name of its package/],
    ["infra/stacks/edge/index.ts", "@fairway/catalog/service", /must not import/],
    ["services/catalog/src/main.ts", "@fairway/catalog-infra", /must not import/],
    ["services/catalog/src/main.ts", "../infra/index.ts", /reaches into services\/catalog\/infra/],
    ["services/catalog/src/main.ts", "@pulumi/pulumi", /runs in its container/],
    ["services/catalog/src/main.ts", "@fairway/delivery", /delivery's \/record/],
    ["services/catalog/infra/index.ts", "@fairway/orders/service", /its own service's \/service/],
    ["services/catalog/infra/index.ts", "@fairway/engine", /must not import/],
    ["pipelines/delivery/index.ts", "@fairway/engine/state", /the engine index|engine/],
    ["pipelines/delivery/index.ts", "@fairway/cli", /nothing imports tools/],
    ["libs/service/define.test.ts", "@fairway/cli", /nothing imports tools/],
    ["platform.config.ts", "@fairway/engine", /platform\.config\.ts must not import/],
  ])("%s to import %s", (from, specifier, reason) => {
    expect(importing(from, specifier)).toMatch(reason);
  });
});
