import { describe, expect, test } from "vitest";
import { inferProject } from "./infer.ts";

const stack = inferProject("infra/stacks/network", [
  "Pulumi.yaml",
  "Pulumi.production.yaml",
  "Pulumi.dev.yaml",
  "index.ts",
  "package.json",
]);
const CLOUD = ["preview", "up", "refresh", "destroy"];

describe("a folder with a Pulumi.yaml", () => {
  test("gets the targets of a stack", () => {
    expect(Object.keys(stack?.targets ?? {}).toSorted()).toEqual([
      "destroy",
      "plan",
      "preview",
      "refresh",
      "test",
      "up",
      "up-all",
    ]);
  });

  test.each(CLOUD)("gets a configuration of %s for each Pulumi.<environment>.yaml", (command) => {
    expect(stack?.targets?.[command]?.configurations).toEqual({
      dev: { command: `pulumi ${command} --stack dev`, cwd: "infra/stacks/network", forwardAllArgs: true },
      production: { command: `pulumi ${command} --stack production`, cwd: "infra/stacks/network", forwardAllArgs: true },
    });
  });

  test.each([...CLOUD, "up-all"])("never answers %s from the cache", (command) => {
    expect(stack?.targets?.[command]?.cache).toBe(false);
  });

  test.each([...CLOUD, "up-all"])("has no default environment for %s: its base refuses and names what is allowed", (command) => {
    expect(stack?.targets?.[command]?.options.command).toBe(`node tools/nx-plugin/refuse.mjs ${command} network dev production`);
  });

  test("makes up one task, and up-all follow the order of dependencies", () => {
    expect(stack?.targets?.up?.dependsOn).toBeUndefined();
    expect(stack?.targets?.["up-all"]?.dependsOn).toEqual(["^up-all"]);
    expect(stack?.targets?.["up-all"]?.configurations?.dev.command).toBe("pulumi up --stack dev");
  });

  test("plans all environments by default and one by configuration, cached with the programs that it depends on", () => {
    const plan = stack?.targets?.plan;
    expect(plan?.cache).toBe(true);
    expect(plan?.inputs).toEqual(["sources", "^sources", "planner", "toolchain"]);
    expect(plan?.options.command).toBe("fairway plan --project network");
    expect(plan?.configurations?.dev).toEqual({ command: "fairway plan --project network --env dev" });
  });
});

describe("a folder with a service.ts", () => {
  const service = inferProject("services/catalog", ["package.json", "service.ts"]);

  test("gets build, test and integration", () => {
    expect(Object.keys(service?.targets ?? {}).toSorted()).toEqual(["build", "integration", "test"]);
  });

  test("keeps what it builds in its dist folder", () => {
    expect(service?.targets?.build).toMatchObject({
      cache: true,
      outputs: ["{projectRoot}/dist"],
      options: { command: "node tools/bundle/main.ts services/catalog" },
    });
  });
});

describe("a folder without either", () => {
  test("gets only its tests", () => {
    expect(Object.keys(inferProject("libs/slo", ["package.json", "index.ts"])?.targets ?? {})).toEqual(["test"]);
  });

  test("is no project below a project's root or outside the known places", () => {
    expect(inferProject("libs/slo/fixtures", ["package.json"])).toBeUndefined();
    expect(inferProject("docs", ["package.json"])).toBeUndefined();
  });
});
