import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** What the repository's own configuration must object to: file, contents, and the rules that object. */
const PLANTED: [file: string, contents: string, rules: string[]][] = [
  ["libs/a/date-now.ts", `export const now = Date.now();`, ["fairway(injected-clock)"]],
  ["libs/a/new-date.ts", `export const now = new Date();`, ["fairway(injected-clock)"]],
  ["libs/a/timeout.ts", `globalThis.setTimeout(() => {}, 5);`, ["fairway(injected-clock)"]],
  ["libs/a/interval.ts", `setInterval(() => {}, 5);`, ["fairway(injected-clock)"]],
  [
    "libs/a/timers-module.ts",
    `import { setTimeout as wait } from "node:timers/promises";\nawait wait(5);`,
    ["fairway(injected-clock)"],
  ],
  ["libs/a/parsed-date.ts", `export const launch = new Date("2026-01-01T00:00:00Z");`, []],
  ["libs/clock/clock.ts", `export const now = Date.now();`, []],
  ["libs/a/console.ts", `console.log("decided");`, ["eslint(no-console)"]],
  ["libs/a/cloud.ts", `export { Bucket } from "@pulumi/aws/s3";`, ["fairway(boundaries)"]],
  ["libs/a/unused.ts", `import { join } from "node:path";\nexport const x = 1;`, ["eslint(no-unused-vars)"]],
  ["libs/a/types.ts", `import { Clock } from "@fairway/clock";\nexport type C = Clock;`, ["typescript(consistent-type-imports)"]],
  [
    "libs/a/a.test.ts",
    `import { expect, test } from "vitest";\ntest.only("a", () => { expect(1).toBe(1); });`,
    ["vitest(no-focused-tests)"],
  ],
  [
    "libs/a/b.test.ts",
    `import { expect, test } from "vitest";\ntest.skip("b", () => { expect(1).toBe(1); });`,
    ["vitest(no-disabled-tests)"],
  ],
  ["libs/a/c.test.ts", `import { test } from "vitest";\ntest("c", () => { Math.abs(1); });`, ["vitest(expect-expect)"]],
  ["pipelines/delivery/gate.ts", `export const at = Date.now();`, ["fairway(injected-clock)"]],
  ["rehearsal/effects/alarms/evaluate.ts", `export const at = performance.now();`, ["fairway(injected-clock)"]],
  [
    "infra/stacks/edge/config.ts",
    `import { Config } from "@pulumi/pulumi";\nexport const c = new Config();`,
    ["fairway(program-scope)"],
  ],
  [
    "infra/stacks/edge/stack.ts",
    `import * as p from "@pulumi/pulumi";\nexport const s = p.getStack();`,
    ["fairway(program-scope)"],
  ],
  [
    "infra/stacks/edge/resource.ts",
    `import * as aws from "@pulumi/aws";\nexport const b = new aws.s3.Bucket("b");`,
    ["fairway(program-scope)"],
  ],
  [
    "infra/stacks/edge/reference.ts",
    `import * as pulumi from "@pulumi/pulumi";\nexport const f = () => new pulumi.StackReference("organization/network/dev");`,
    ["fairway(program-scope)"],
  ],
  ["services/a/infra/cwd.ts", `export const here = () => process.cwd();`, ["fairway(program-scope)"]],
  [
    "infra/components/output.ts",
    `import type { Output } from "@pulumi/pulumi";\nexport const arn = (name: Output<string>) => \`arn:aws:s3:::\${name}\`;`,
    ["typescript(no-base-to-string)", "typescript(restrict-template-expressions)"],
  ],
  [
    "infra/stacks/edge/inside.ts",
    `import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\n` +
      `export default function program() {\n  new aws.s3.Bucket(pulumi.getStack());\n}`,
    [],
  ],
  ["infra/stacks/edge/program.ts", `import network from "@fairway/network";\nexport default network;`, ["fairway(boundaries)"]],
  ["services/a/src/infra.ts", `import "../infra/cwd.ts";`, ["fairway(boundaries)"]],
  ["rehearsal/engine/tools.ts", `export { main } from "@fairway/cli";`, ["fairway(boundaries)"]],
  [
    "rehearsal/engine/promise.ts",
    `async function f() {}\nexport function g() {\n  f();\n}`,
    ["typescript(no-floating-promises)"],
  ],
];

let objections: Map<string, string[]>;
const folder = mkdtempSync(join(tmpdir(), "fairway-lint-"));

beforeAll(() => {
  cpSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  cpSync(join(root, "tsconfig.base.json"), join(folder, "tsconfig.base.json"));
  cpSync(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "tools"));
  for (const plugin of ["lint-rules", "nx-plugin"]) symlinkSync(join(root, "tools", plugin), join(folder, "tools", plugin));
  plant("package.json", JSON.stringify({ name: "planted", type: "module", workspaces: ["infra/stacks/*", "tools/cli"] }));
  plant("tools/cli/package.json", JSON.stringify({ name: "@fairway/cli" }));
  plant("infra/stacks/network/package.json", JSON.stringify({ name: "@fairway/network" }));
  for (const [file, contents] of PLANTED) plant(file, contents);
  objections = lint();
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each(PLANTED)("of %s, lint says what is expected", (file, _contents, rules) => {
  expect(objections.get(file)?.toSorted() ?? []).toEqual(rules);
});

function plant(file: string, contents: string) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${contents}\n`);
}

/** Rules that object, by file. */
function lint(): Map<string, string[]> {
  const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [oxlint, "--type-aware", "--format=json", "libs", "infra", "pipelines", "rehearsal", "services"],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  const found = new Map<string, string[]>();
  try {
    for (const { filename, code } of JSON.parse(stdout).diagnostics as { filename: string; code: string }[]) {
      found.set(filename, [...(found.get(filename) ?? []), code]);
    }
  } catch {
    throw new Error(`oxlint said no JSON:\n${stdout}${stderr}`);
  }
  return found;
}
