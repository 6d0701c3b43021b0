import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const dockerfile = readFileSync(new URL("../Dockerfile", import.meta.url), "utf8");
const nodeVersion = readFileSync(new URL("../../../.node-version", import.meta.url), "utf8").trim();
const instructions = dockerfile.split("\n").filter((line) => /^[A-Z]+ /.test(line));
const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith("FROM ")));

describe("the image", () => {
  test("has the Node that the repository pins", () =>
    expect(dockerfile).toMatch(new RegExp(`^ARG NODE_IMAGE=node:${nodeVersion}-`, "m")));

  test("takes both bases as arguments, so that a pipeline can pin digests", () => {
    expect(instructions.filter((line) => line.startsWith("FROM "))).toEqual([
      "FROM ${NODE_IMAGE} AS node",
      "FROM ${RUNTIME_IMAGE}",
    ]);
  });

  test("needs no shell, neither to be built nor to start", () => {
    expect(instructions.filter((line) => line.startsWith("RUN "))).toEqual([]);
    expect(lastStage.at(-1)).toMatch(/^ENTRYPOINT \[/);
  });

  test("runs as a user that is not root, by number", () =>
    expect(lastStage).toContainEqual(expect.stringMatching(/^USER [1-9]\d*:[1-9]\d*$/)));
});
