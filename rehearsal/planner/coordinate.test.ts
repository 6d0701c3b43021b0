import { expect, test } from "vitest";
import { coordinate, type References } from "./coordinate.ts";

const stack = (project: string, environment = "production") => ({ project, stack: environment });
const done = (outputs: Record<string, string> = {}, ok = true) => ({
  ok,
  outputs: { outputs, secretOutputNames: [] },
  error: "",
});

/** A run whose program asks for `names` and passes on what it was told. */
const reading =
  (...names: string[]) =>
  async (references: References) => {
    try {
      const answers = await Promise.all(names.map(references));
      return done(Object.assign({}, ...answers.map((answer) => answer?.outputs)));
    } catch (error) {
      return { ...done({}, false), error: (error as Error).message };
    }
  };

test("a stack waits for the outputs of the one that it refers to, whatever the order of the list", async () => {
  const results = await coordinate([stack("edge"), stack("network")], async ({ project }, references) =>
    project === "network" ? done({ vpcId: "vpc-1" }) : reading("organization/network/production")(references),
  );
  expect(results.get("edge/production")).toMatchObject({ ok: true, outputs: { outputs: { vpcId: "vpc-1" } } });
});

test("a stack that is not run answers from its state", async () => {
  const results = await coordinate(
    [stack("edge")],
    (_, references) => reading("organization/network/production")(references),
    ({ project }) => done({ from: project }).outputs,
  );
  expect(results.get("edge/production")?.outputs.outputs).toEqual({ from: "network" });
});

test("a reference to another environment is refused and says what to do", async () => {
  const results = await coordinate([stack("edge", "staging"), stack("network")], async ({ project }, references) =>
    project === "network" ? done() : reading("organization/network/production")(references),
  );
  expect(results.get("edge/staging")).toMatchObject({
    ok: false,
    error: expect.stringMatching(/edge\/staging refers to network\/production: each environment has a state backend of its own/),
  });
});

test("a circle of references is an error that names it, not a wait for ever", async () => {
  const next: Record<string, string> = { a: "b", b: "c", c: "a" };
  const results = await coordinate(
    Object.keys(next).map((project) => stack(project)),
    ({ project }, references) => reading(`organization/${next[project]}/production`)(references),
  );
  const errors = [...results.values()].map(({ error }) => error).join("\n");
  expect(errors).toMatch(/in a circle: \w\/production → \w\/production → \w\/production → \w\/production/);
});

test("a failed producer fails its consumer in one sentence, and the others go on", async () => {
  const results = await coordinate([stack("edge"), stack("network"), stack("ecs")], async ({ project }, references) => {
    if (project === "network") return done({}, false);
    return project === "edge" ? reading("organization/network/production")(references) : done();
  });
  expect(results.get("edge/production")).toMatchObject({
    ok: false,
    error: expect.stringMatching(/not run: edge\/production reads the outputs of network\/production, which failed/),
  });
  expect(results.get("ecs/production")).toMatchObject({ ok: true });
});
