import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import settings from "../../platform.config.ts";
import { waiverProblems } from "./check/waivers.ts";
import { policies, waivers } from "./index.ts";

test("every policy has a name of its own in kebab-case, and says what must hold, why, and what to do", () => {
  const names = policies.map(({ name }) => name);
  expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  expect(policies.filter(({ title, why, fix }) => title === "" || !why.endsWith(".") || !fix.endsWith("."))).toEqual([]);
});

test("the README's table is this list", () => {
  const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^\| `([a-z-]+)` +\| (.+?) +\| (mandatory|advisory) +\|$/gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual(policies.map(({ name, title, severity }) => [name, title, severity]));
});

test("the waivers are in order", () => {
  expect(waiverProblems(waivers, { policies, platform: settings, today: "2026-11-23" })).toEqual([]);
});
