import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import {
  Asset,
  type Mode,
  type PropertyMap,
  type PropertyValue,
  type ResourceState,
  Secret,
  type Step,
  Unknown,
} from "@fairway/engine";
import { plannedResources } from "@fairway/planner";
import { createTrials, type Trial } from "@fairway/planner/testing";
import type { PlannedResource } from "@fairway/resources";
import { environmentOf, pulumiConfig } from "@fairway/settings";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import settings from "../../../platform.config.ts";
import { checkPolicies, policies } from "../index.ts";
import { buildPack } from "./build.ts";

/**
 * The compiled pack, loaded by the file with which Pulumi's CLI starts policy packs, and asked over the protocol that the CLI speaks.
 */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const production = environmentOf(settings, "production");

const trials = createTrials(rehearsedCloud());
let folder: string;
let served: ChildProcess;
let client: AnalyzerClient;

beforeAll(async () => {
  mkdirSync(dist, { recursive: true });
  folder = mkdtempSync(`${dist}test-`);
  await buildPack(root, folder, { version: "1.2.3", dependencies: {} });
  const start = `${root}/node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js`;
  served = spawn(process.execPath, [start, "127.0.0.1:1", "."], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const [port] = (await once(createInterface(served.stdout!), "line")) as [string];
  client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
}, 60_000);

afterAll(async () => {
  client.close();
  served.kill();
  rmSync(folder, { recursive: true });
  await trials.close();
});

/** Resources as the CLI would show them to the pack, and as policies see them in a plan. */
interface Shown {
  states: ResourceState[];
  resources: PlannedResource[];
}

const updates = new Map<string, Promise<Shown>>();

/** A fixture of the policies' own tests after its update in production, run once. */
function updated(fixture: string): Promise<Shown> {
  const found =
    updates.get(fixture) ?? running(fixture, "update").then(({ state, steps }) => shown(fixture, [...state.resources()], steps));
  updates.set(fixture, found);
  return found;
}

/** The same before anything exists: what a preview knows of each resource is what its program gives, much of it unknown. */
async function previewed(fixture: string): Promise<Shown> {
  const [{ states }, { steps }] = [await updated(fixture), await running(fixture, "preview")];
  const given = new Map(steps.map(({ urn, newInputs }) => [urn, newInputs]));
  const before = states.map((resource) => {
    const inputs = given.get(resource.urn) ?? {};
    return { ...resource, id: "", inputs, outputs: inputs };
  });
  return shown(fixture, before, steps);
}

function shown(project: string, states: ResourceState[], steps: Step[]): Shown {
  const state = { resources: () => states };
  return { states, resources: plannedResources({ project, stack: production.name, state, steps }) };
}

function running(fixture: string, mode: Mode): Promise<Trial> {
  const config = Object.entries(pulumiConfig(settings, production).config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return trials.run({
    program: { module: fileURLToPath(new URL(`../fixtures/${fixture}.ts`, import.meta.url)), args: settings },
    project: fixture,
    stack: production.name,
    config: Object.fromEntries(config),
    mode,
  });
}

/** Asks as the CLI does at the end of a preview or update: every resource with its outputs. */
async function analyzed({ states }: Shown): Promise<{ policy: string; urn: string; level: number; message: string }[]> {
  const request = new messages.AnalyzeStackRequest();
  request.setResourcesList(
    states.map((resource) => {
      const message = new messages.AnalyzerResource();
      message.setUrn(resource.urn);
      message.setType(resource.type);
      message.setName(resource.name);
      message.setParent(resource.parent);
      message.setProperties(struct.Struct.fromJavaScript(wired(resource.outputs)));
      message.setDependenciesList([...resource.dependencies]);
      for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
        const dependencies = new messages.AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        message.getPropertydependenciesMap().set(property, dependencies);
      }
      const options = new messages.AnalyzerResourceOptions();
      options.setProtect(resource.protect);
      message.setOptions(options);
      return message;
    }),
  );
  const response = await new Promise<InstanceType<typeof messages.AnalyzeResponse>>((resolve, reject) => {
    client.analyzeStack(request, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  return response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    urn: diagnostic.getUrn(),
    level: diagnostic.getEnforcementlevel(),
    message: diagnostic.getMessage(),
  }));
}

/** Properties as they travel: unknown ones as Pulumi's sentinel, secrets marked. */
function wired(map: PropertyMap): Record<string, struct.JavaScriptValue> {
  return Object.fromEntries(Object.entries(map).flatMap(([key, value]) => (value instanceof Asset ? [] : [[key, wire(value)]])));
}

function wire(value: PropertyValue): struct.JavaScriptValue {
  if (value instanceof Unknown) return "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  if (value instanceof Secret) {
    return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: wire(value.value) };
  }
  if (Array.isArray(value)) return value.map(wire);
  return typeof value === "object" && value !== null ? wired(value as PropertyMap) : value;
}

const line = ({ policy, urn }: { policy: string; urn: string }) => `${policy} ${urn.split("::").slice(2).join("::")}`;

function checked({ resources }: Shown) {
  return checkPolicies({ resources, platform: settings, scope: production, waivers: [], today: "2026-11-23" }).violations;
}

test("the pack names every policy, with how strict it is", async () => {
  const info = await new Promise<InstanceType<typeof messages.AnalyzerInfo>>((resolve, reject) => {
    client.getAnalyzerInfo(new empty.Empty(), (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  expect([info.getName(), info.getVersion()]).toEqual(["fairway", "1.2.3"]);
  expect(info.getPoliciesList().map((policy) => policy.getName())).toEqual(policies.map(({ name }) => name));
});

describe.each(["tasks", "edge", "data", "kubernetes"])("of %s", (fixture) => {
  test("an update violates in Pulumi's CLI what it violates in a plan", async () => {
    const stack = await updated(fixture);
    const expected = checked(stack).map(line);
    expect(expected.length).toBeGreaterThan(10);
    expect((await analyzed(stack)).map(line).sort()).toEqual(expected.sort());
  });

  test("a preview, in which much is unknown, violates what its plan violates, and nothing stops a policy", async () => {
    const stack = await previewed(fixture);
    expect(stack.resources.filter(({ unknowns }) => unknowns.length > 0).length).toBeGreaterThan(10);
    const expected = checked(stack).map(line);
    expect(expected.length).toBeGreaterThan(10);
    const after = new Set(checked(await updated(fixture)).map(line));
    expect(expected.filter((each) => !after.has(each))).toEqual([]);
    const found = await analyzed(stack);
    expect(found.filter(({ message }) => message.includes("can't run policy"))).toEqual([]);
    expect(found.map(line).sort()).toEqual(expected.sort());
  });
});

test("a violation says what is wrong, where, and what to do", async () => {
  const found = await analyzed(await updated("tasks"));
  const readOnly = found.find(({ policy }) => policy === "task-read-only-root");
  expect(readOnly?.level).toBe(messages.EnforcementLevel.MANDATORY);
  expect(readOnly?.message).toMatch(/readonlyRootFilesystem is not true.*mount a volume/s);
});

test("the pack holds no copy of Pulumi's packages", () => {
  expect(readFileSync(`${folder}/index.js`, "utf8")).toContain('require("@pulumi/policy")');
});
