import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/**
 * The engine knows Pulumi's protocol; clouds are models' business. Tests may name what they must not see, and a label's domain
 * (`app.kubernetes.io/name`) is how a key with dots and slashes looks.
 */
const CLOUDS = /\b(aws\w*|azure|gcp|google[ -]cloud|kubernetes(?!\.io\/)|ecs|eks)\b/i;

test("no source of the engine names a cloud", () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.(ts|json)$/.test(file) && !file.includes("node_modules") && !file.endsWith(".test.ts"),
  );
  expect(sources.length).toBeGreaterThan(50);
  const named = sources.flatMap((file) =>
    readFileSync(join(import.meta.dirname, file), "utf8")
      .split("\n")
      .flatMap((line, i) => (CLOUDS.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  );
  expect(named).toEqual([]);
});
