import { fileURLToPath } from "node:url";
import { modelledTypes, rehearsedCloud } from "@fairway/cloud";
import { createRunner, memoryState, type Mode, run, type RunResult, type StackState, type Step } from "@fairway/engine";
import { environmentOf, pulumiConfig } from "@fairway/settings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const runner = createRunner({ cwd: root });
afterAll(() => runner.close());

/** Every program that this one stands on, in the order in which they come up. */
const FOLDERS = {
  network: "infra/stacks/network",
  dns: "infra/stacks/dns",
  observability: "infra/stacks/observability",
  edge: "infra/stacks/edge",
  ecs: "infra/stacks/ecs",
  catalog: "services/catalog/infra",
} as const;
type Project = keyof typeof FOLDERS;

const image = (digit: string) => `111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/catalog@sha256:${digit.repeat(64)}`;

/** Pulumi's configuration of an environment, as its configuration file would give it, and the image to run. */
function configOf(stack: string, digit?: string): Record<string, string> {
  const { config } = pulumiConfig(platform, environmentOf(platform, stack));
  const values = Object.entries(config as Record<string, unknown>);
  const written = values.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  return { ...Object.fromEntries(written), ...(digit ? { "catalog:image": image(digit) } : {}) };
}

function running(project: Project, stack: string, before: Results, options: { mode?: Mode; state?: StackState; digit?: string }) {
  return run({
    project,
    stack,
    organization: "organization",
    program: { folder: `${root}/${FOLDERS[project]}` },
    config: stack in platform.environments ? configOf(stack, options.digit) : {},
    secretKeys: [],
    mode: options.mode ?? "update",
    state: options.state ?? memoryState(),
    providers: rehearsedCloud(),
    references: async (name) => {
      const producer = before.get(name.split("/")[1] as Project);
      return name.endsWith(`/${stack}`) && producer ? { outputs: producer.outputs, secretOutputNames: [] } : undefined;
    },
    runner,
  });
}

type Results = Map<Project, RunResult>;

async function bringUp(stack: string): Promise<Results> {
  const results: Results = new Map();
  for (const project of Object.keys(FOLDERS) as Project[]) {
    results.set(project, await running(project, stack, results, { digit: "1" }));
  }
  return results;
}

const errors = ({ diagnostics }: RunResult) =>
  diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
const changed = (steps: Step[]) => steps.filter(({ op, provider }) => op !== "same" && op !== "read" && !provider);

describe.each(Object.keys(platform.environments))("the programs of %s", (stack) => {
  let up: Results;
  beforeAll(async () => void (up = await bringUp(stack)), 60_000);

  test("come up in order, without an error", () => {
    expect([...up].map(([project, result]) => [project, errors(result)])).toEqual(Object.keys(FOLDERS).map((name) => [name, []]));
  });

  test("use no type of resource that the rehearsed cloud has no model of", () => {
    const known = new Set(modelledTypes());
    const made = [...up.values()].flatMap(({ state }) => state.resources()).filter(({ type }) => type.startsWith("aws:"));
    expect(made.length).toBeGreaterThan(50);
    expect(made.map(({ type }) => type).filter((type) => !known.has(type))).toEqual([]);
  });

  test.each(Object.keys(FOLDERS) as Project[])("planned again change nothing: %s", async (project) => {
    const state = up.get(project)?.state;
    const again = await running(project, stack, up, { mode: "preview", state, digit: "1" });
    expect(errors(again)).toEqual([]);
    expect(changed(again.steps).map(({ urn, why }) => `${urn}: ${why}`)).toEqual([]);
  });

  test("protect what settings ask for: VPC, subnets, load balancer, log bucket, cluster, namespace, session key", () => {
    const { protect } = environmentOf(platform, stack);
    const guarded = /^aws:(ec2\/(vpc|subnet):|lb\/loadBalancer:|s3\/bucket:|ecs\/cluster:|servicediscovery\/|kms\/key:)/;
    const resources = [...up.values()].flatMap(({ state }) => state.resources()).filter(({ type }) => guarded.test(type));
    expect(resources.length).toBeGreaterThan(6);
    expect(resources.filter((resource) => resource.protect !== protect).map(({ urn }) => urn)).toEqual([]);
  });

  test("tell where the catalogue answers", () => {
    const host = stack === "production" ? "acme.example" : `${stack}.acme.example`;
    expect(up.get("catalog")?.outputs.url).toBe(`https://${host}/catalog`);
  });
});

describe("the catalogue's program", () => {
  test("without an image says how to set one", async () => {
    const result = await running("catalog", "dev", new Map(), { mode: "preview" });
    expect(result.ok).toBe(false);
    expect(errors(result).join()).toMatch(/catalog\/dev has no image to run.*pulumi config set catalog:image/s);
  });

  test("in an environment that is not in settings names those that are", async () => {
    const result = await running("network", "qa", new Map(), { mode: "preview" });
    expect(errors(result).join()).toMatch(/there is no environment "qa".*dev, staging, production/s);
  });
});
