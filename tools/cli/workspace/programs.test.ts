import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import platform from "../../../platform.config.ts";
import { findPrograms, stackNames } from "./programs.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fairway-programs-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function program(name: string, fairway?: unknown) {
  const folder = join(root, "infra/stacks", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Pulumi.yaml"), `name: ${name}\n`);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, fairway }));
  return findPrograms(root).find(({ project }) => project === name)!;
}

const [dev, ...others] = Object.values(platform.environments);
const mixed = { ...platform, environments: { dev: { ...dev!, runtimes: ["ecs" as const] } } };
for (const one of others) Object.assign(mixed.environments, { [one.name]: { ...one, runtimes: ["kubernetes"] } });

test("a program has a stack in every environment unless it says otherwise", () => {
  expect(stackNames(program("network"), platform)).toEqual(["dev", "staging", "production"]);
});

test("what environments share has one stack, and an account's foundations both", () => {
  expect(stackNames(program("registry", { stacks: ["shared"] }), platform)).toEqual(["shared"]);
  expect(stackNames(program("account", { stacks: ["shared", "environments"] }), platform)).toEqual([
    "dev",
    "staging",
    "production",
    "shared",
  ]);
});

test("a program of a runtime has stacks only where that runtime is", () => {
  expect(stackNames(program("ecs", { runtime: "ecs" }), mixed)).toEqual(["dev"]);
  expect(stackNames(program("kubernetes", { runtime: "kubernetes" }), mixed)).toEqual(["staging", "production"]);
});

test.each([
  [{ stacks: ["shard"] }, /infra\/stacks\/odd\/package\.json: fairway\.stacks is \["shard"\]\. Allowed: shared, environments\./],
  [{ runtime: "lambda" }, /fairway\.runtime is "lambda"\. Allowed: ecs, kubernetes\./],
])("a misspelt placement is refused with what is allowed: %j", (fairway, message) => {
  expect(() => program("odd", fairway)).toThrow(message);
});
