import { rehearsedCloud } from "@fairway/cloud";
import { createTrials } from "@fairway/planner/testing";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());
const program = { folder: fileURLToPath(new URL(".", import.meta.url)) };

test("without an image the program says how to set one", async () => {
  const { ok, errors } = await trials.run({ program, project: "catalog", mode: "preview" });
  expect(ok).toBe(false);
  expect(errors.join("\n")).toMatch(/catalog\/dev has no image to run.*pulumi config set catalog:image/s);
});

test("in an environment that is not in settings it names those that are", async () => {
  const { errors } = await trials.run({ program, project: "catalog", stack: "qa", mode: "preview" });
  expect(errors.join("\n")).toMatch(/there is no environment "qa".*dev, staging, production/s);
});
