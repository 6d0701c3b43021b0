import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NxWorkspace, runNx } from "./testing/workspace.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("in a workspace of three stacks, Nx", () => {
  let workspace: NxWorkspace;

  beforeAll(() => {
    const program = {
      "Pulumi.yaml": "name: x\nruntime: nodejs\n",
      "Pulumi.staging.yaml": "config: {}\n",
      "Pulumi.production.yaml": "config: {}\n",
    };
    const stack = (folder: string, source: string) =>
      Object.fromEntries(
        Object.entries({ ...program, "index.ts": source }).map(([file, contents]) => [`${folder}/${file}`, contents]),
      );
    workspace = new NxWorkspace(
      {
        network: "infra/stacks/network",
        edge: "infra/stacks/edge",
        catalog: "services/catalog",
        "catalog-infra": "services/catalog/infra",
      },
      {
        ...stack("infra/stacks/network", "export default () => ({});\n"),
        "infra/stacks/network/outputs.ts": "export const network = {};\n",
        ...stack("infra/stacks/edge", `import { network } from "@fairway/network/outputs";\nexport default () => network;\n`),
        "infra/stacks/edge/outputs.ts": "export const edge = {};\n",
        "services/catalog/service.ts": "export const catalog = {};\n",
        ...stack("services/catalog/infra", `import { edge } from "@fairway/edge/outputs";\nexport default () => edge;\n`),
      },
    );
  });

  afterAll(() => workspace.remove());

  test("refuses up without an environment, names the allowed ones, and starts no program", () => {
    const { status, output, calls } = workspace.nx("up", "network");
    expect(output).toMatch(/name one of the stack's environments.*Nothing was started\.\s+environments {2}production, staging/);
    expect(status).not.toBe(0);
    expect(calls).toEqual([]);
  });

  test("refuses up with an unknown environment in the same way", () => {
    const { status, output, calls } = workspace.nx("up", "network", "-c", "prod");
    expect(output).toMatch(/environments {2}production, staging/);
    expect(status).not.toBe(0);
    expect(calls).toEqual([]);
  });

  test("runs exactly one task for up, with the arguments that follow", () => {
    const { output, calls } = workspace.nx("up", "catalog-infra", "-c", "staging", "--yes");
    expect(calls, output).toEqual(["infra: pulumi up --stack staging --yes"]);
  });

  test("brings up in the order of imports with up-all", () => {
    const { output, calls } = workspace.nx("up-all", "catalog-infra", "-c", "production");
    expect(calls, output).toEqual(["network", "edge", "infra"].map((folder) => `${folder}: pulumi up --stack production`));
  });

  test("plans again only when something that the plan is made from changed, in the stack or in what it imports", () => {
    const folder = workspace.folder.split("/").at(-1);
    const planned = [`${folder}: fairway plan --project edge --env staging`];
    expect(workspace.nx("plan", "edge", "-c", "staging").calls).toEqual(planned);
    expect(workspace.nx("plan", "edge", "-c", "staging").calls).toEqual([]);
    workspace.write("infra/stacks/network/outputs.ts", "export const network = { changed: true };\n");
    expect(workspace.nx("plan", "edge", "-c", "staging").calls).toEqual(planned);
  });
});

describe("in this repository, Nx", () => {
  const folder = mkdtempSync(join(tmpdir(), "fairway-graph-"));
  let graph: {
    nodes: Record<string, { data: { root: string; tags: string[]; targets: Record<string, unknown> } }>;
    dependencies: Record<string, { target: string }[]>;
  };

  beforeAll(() => {
    const file = join(folder, "graph.json");
    const { status, output } = runNx(ROOT, ["graph", `--file=${file}`]);
    if (status !== 0) throw new Error(output);
    graph = JSON.parse(readFileSync(file, "utf8")).graph;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const dependencies = (project: string) =>
    graph.dependencies[`@fairway/${project}`]?.map(({ target }) => target.replace("@fairway/", ""));

  test.each([
    ["edge", ["network"]],
    ["catalog-infra", ["network", "edge", "ecs", "catalog"]],
  ])("knows what %s depends on from its imports alone", (project, expected) => {
    expect(dependencies(project)).toEqual(expect.arrayContaining(expected));
  });

  test("sees no stack depend on a service or a tool", () => {
    const wrong = Object.values(graph.nodes)
      .filter(({ data }) => data.tags.includes("type:stack"))
      .flatMap(({ data }) => dependencies(data.root.split("/").at(-1) ?? "") ?? [])
      .filter((name) =>
        graph.nodes[`@fairway/${name}`]?.data.tags.some((tag) => tag === "type:tool" || tag.startsWith("service:")),
      );
    expect(wrong).toEqual([]);
  });

  test("gives every folder with a Pulumi.yaml an up with its environments", () => {
    const roots = globSync(["infra/stacks/*/Pulumi.yaml", "services/*/*/Pulumi.yaml"], { cwd: ROOT }).map((file) =>
      file.replace("/Pulumi.yaml", ""),
    );
    const withUp = Object.values(graph.nodes).filter(({ data }) => data.targets.up !== undefined);
    expect(withUp.map(({ data }) => data.root).toSorted()).toEqual(roots.toSorted());
  });

  test("has no target written by hand", () => {
    const packages = globSync("{infra,libs,pipelines,rehearsal,services,tools}/**/package.json", {
      cwd: ROOT,
      exclude: ["**/node_modules"],
    });
    const byHand = packages.filter((file) => {
      const { nx, scripts } = JSON.parse(readFileSync(join(ROOT, file), "utf8"));
      return nx !== undefined || scripts !== undefined;
    });
    expect([
      ...byHand,
      ...globSync("{infra,libs,pipelines,rehearsal,services,tools}/**/project.json", { cwd: ROOT, exclude: ["**/node_modules"] }),
    ]).toEqual([]);
  });
});
