import { readdirSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "../run.ts";
import { stepsToJson } from "../plan/step-to-json.ts";
import type { Mode, Program, ResourceState, RunResult } from "../types.ts";
import { createRunner } from "./runner.ts";
import { fixture, fixtureFolder, request } from "./testing/request.ts";

const runner = createRunner({ cwd: import.meta.dirname });
afterAll(() => runner.close());

const programs: [string, Program][] = readdirSync(new URL("./fixtures/good", import.meta.url))
  .filter((file) => file.endsWith(".ts") && file !== "environment.ts")
  .map((file): [string, Program] => [`good/${file}`, fixture(`good/${file.replace(/\.ts$/, "")}`)]);
/** Where a preview knows less than an update. */
const withUnknowns = programs.filter(([name]) => /applies|dependencies|reads|reference|resources/.test(name));
programs.push(["folders/index", fixtureFolder("index")], ["folders/main", fixtureFolder("main")]);

describe("the runner and the SDK's own launcher", () => {
  test.each(programs)("register the same in an update: %s", async (_, program) => {
    const [shared, alone] = await both(program, "update");
    expect(shared.diagnostics.filter(isError)).toEqual([]);
    expect(alone.ok && shared.ok).toBe(true);
    expect(registered(shared)).toEqual(registered(alone));
    expect(JSON.stringify(shared.outputs)).toBe(JSON.stringify(alone.outputs));
    expect(alone.state.resources().length).toBeGreaterThan(1);
  });

  test.each(withUnknowns)("plan the same in a preview: %s", async (_, program) => {
    const [shared, alone] = await both(program, "preview");
    expect(alone.ok && shared.ok).toBe(true);
    expect(stepsToJson(shared.steps)).toEqual(stepsToJson(alone.steps));
    expect(alone.steps.length).toBeGreaterThan(1);
    expect(alone.state.resources()).toEqual([]);
  });
});

describe("a program", () => {
  test("run twice changes nothing the second time", async () => {
    const first = await run(request(fixture("good/dependencies"), { runner }));
    const second = await run(request(fixture("good/dependencies"), { runner, state: first.state }));
    expect(second.ok).toBe(true);
    expect(new Set(second.steps.map(({ op }) => op))).toEqual(new Set(["same"]));
    expect(second.outputs).toEqual(first.outputs);
  });

  test("is not run to destroy its stack", async () => {
    const { state } = await run(request(fixture("good/secrets"), { runner }));
    const { ok, steps, outputs } = await run(request({ module: "/not/there.ts" }, { mode: "destroy", state }));
    expect(ok).toBe(true);
    expect(steps.map(({ op }) => op)).toContain("delete");
    expect(state.resources()).toEqual([]);
    expect(outputs).toEqual({});
  });

  test("knows in a preview what it knows, and no more", async () => {
    const { steps, outputs } = await run(request(fixture("good/applies"), { runner, mode: "preview" }));
    const named = (name: string) => steps.find((step) => step.name === name)?.newInputs;
    expect(named("inside-1")).toEqual({ size: 1 });
    expect(JSON.stringify(named("second"))).toBe(`{"text":"[unknown]"}`);
    expect(JSON.stringify(outputs)).toBe(`{"text":"[unknown]"}`);
  });

  test("keeps its secrets: from configuration, code and other stacks, into inputs and outputs", async () => {
    const made = await run(request(fixture("good/secrets"), { runner }));
    const text = JSON.stringify([made.steps, made.outputs, made.state.resources(), made.diagnostics]);
    expect(text).not.toMatch(/hunter2|inner/);
    expect(JSON.stringify(made.outputs)).toBe(`{"address":"[secret]","plain":"seen","text":"[secret]"}`);

    const read = await run(request(fixture("good/reference"), { runner }));
    expect(JSON.stringify(read.steps)).not.toContain("from network");
    expect(JSON.stringify(inputsOf(read, "thing"))).toBe(`{"password":"[secret]","text":"10.0.0.1"}`);
  });

  test("resolves its files against its project folder, wherever it runs", async () => {
    const { state } = await run(request(fixture("good/assets"), { runner }));
    const file = state.resources().find(({ name }) => name === "files")!.inputs["file"];
    // sha256sum of "some data\n"
    expect(file).toMatchObject({ kind: "asset", hash: "5aa03f96c77536579166fba147929626cc3a97960e994057a9d80271a736d10f" });
  });

  test("can be a folder with index.ts, or with a main in package.json", async () => {
    const [index, main] = await Promise.all(["index", "main"].map((name) => run(request(fixtureFolder(name), { runner }))));
    expect(inputsOf(index!, "from-index")).toEqual({ text: "index.ts" });
    expect(inputsOf(main!, "from-main")).toEqual({ text: "package.json" });
  });

  test("gets a resource back from the engine when a property holds one", async () => {
    const { outputs } = await run(request(fixture("good/resources"), { runner }));
    expect(outputs).toEqual({ text: "inside" });
  });
});

async function both(program: Program, mode: Mode): Promise<[shared: RunResult, alone: RunResult]> {
  return Promise.all([run(request(program, { mode, runner })), run(request(program, { mode }))]);
}

/** All that was said of each resource, by URN; the SDK does not order dependencies. */
function registered({ state }: RunResult): Record<string, Partial<ResourceState>> {
  return Object.fromEntries(
    state
      .resources()
      .map((resource): [string, Partial<ResourceState>] => [
        resource.urn,
        {
          ...resource,
          dependencies: resource.dependencies.toSorted(),
          propertyDependencies: Object.fromEntries(
            Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, urns.toSorted()]),
          ),
        },
      ])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function inputsOf({ state }: RunResult, name: string) {
  return state.resources().find((resource) => resource.name === name)?.inputs;
}

function isError({ severity }: { severity: string }): boolean {
  return severity === "error";
}
