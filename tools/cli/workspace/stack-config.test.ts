import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Program } from "./programs.ts";
import { stackConfig } from "./stack-config.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairway-config-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = (schema: Program["schema"] = {}): Program => ({
  project: "catalog",
  folder,
  service: undefined,
  configured: ["dev"],
  stacks: ["environments"],
  runtime: undefined,
  schema,
});
const write = (text: string) => writeFileSync(join(folder, "Pulumi.dev.yaml"), text);

test("values arrive as the Pulumi CLI hands them over: own keys with the project's name, lists and objects as JSON", () => {
  write('config:\n  size: 3\n  aws:region: eu-west-1\n  aws:allowedAccountIds: ["022222222222"]\n  on: true\n');
  expect(stackConfig(folder, program(), "dev").config).toEqual({
    "catalog:size": "3",
    "aws:region": "eu-west-1",
    "aws:allowedAccountIds": '["022222222222"]',
    "catalog:on": "true",
  });
});

test("the schema's defaults stand where the file says nothing, and this run's values over both", () => {
  write("config:\n  days: 7\n");
  const schema = {
    days: { type: "integer", default: 30 },
    tier: { type: "string", default: "small" },
    image: { type: "string" },
  };
  expect(stackConfig(folder, program(schema), "dev", { image: "x@sha256:1" }).config).toEqual({
    "catalog:days": "7",
    "catalog:tier": "small",
    "catalog:image": "x@sha256:1",
  });
});

test("a sealed value is secret, and its ciphertext is not handed over", () => {
  write("config:\n  token:\n    secure: v1:abc\n");
  const { config, secretKeys } = stackConfig(folder, program(), "dev");
  expect(secretKeys).toEqual(["catalog:token"]);
  expect(config["catalog:token"]).not.toContain("abc");
});

test("a missing file says how it is made", () => {
  expect(() => stackConfig(folder, program(), "staging")).toThrow(
    /Pulumi\.staging\.yaml is missing\. Write it: npx fairway config/,
  );
});
