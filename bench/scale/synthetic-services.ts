import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { StackProgram } from "@fairway/planner";
import { ROOT } from "../plan-command.ts";

/**
 * Services behind one edge. ALB takes 100 rules a load balancer (ALB quotas, 2026-09), of which the edge has one: half of that keeps the
 * first and the second hundred alike.
 */
const BEHIND_ONE_EDGE = 50;

/** Projects whose outputs the edge and a service read, and what those read in turn. */
const FOUNDATIONS = ["account", "dns", "network", "observability", "ecs"];

/**
 * The reference platform with many services: what a service stands on, and as many copies of the edge and of the catalogue service as
 * asked for, each a program of its own with its own modules.
 *
 * @param folder where the copies are written: inside the checkout, so that they find its packages
 * @param reference the reference platform's stacks in one environment
 */
export function synthesise(folder: string, count: number, reference: readonly StackProgram[]): StackProgram[] {
  const of = (project: string) => {
    const found = reference.find((stack) => stack.project === project);
    if (!found)
      throw new Error(
        `the reference platform has no project "${project}" to copy; it has ${reference.map((stack) => stack.project).join(", ")}`,
      );
    return found;
  };
  const edges = Array.from({ length: Math.ceil(count / BEHIND_ONE_EDGE) }, (_, index) => copyEdge(folder, of("edge"), index + 1));
  const services = Array.from({ length: count }, (_, index) =>
    copyService(folder, of("catalog"), index + 1, edges[Math.floor(index / BEHIND_ONE_EDGE)]!.project),
  );
  return [...FOUNDATIONS.map(of), ...edges, ...services];
}

function copyEdge(folder: string, edge: StackProgram, number: number): StackProgram {
  const project = `edge-${number}`;
  const to = join(folder, project);
  copy(join(edge.folder, "outputs.ts"), join(to, "outputs.ts"), [['"edge"', `"${project}"`]]);
  copy(join(edge.folder, "index.ts"), join(to, "index.ts"), [settingsFrom(to)]);
  return placed(edge, project, to, []);
}

function copyService(folder: string, catalog: StackProgram, number: number, edge: string): StackProgram {
  const project = `service-${String(number).padStart(3, "0")}`;
  const to = join(folder, project);
  copy(join(dirname(catalog.folder), "service.ts"), join(to, "service.ts"), [
    ['name: "catalog"', `name: "${project}"`],
    ['"/catalog", "/catalog/*"', `"/${project}", "/${project}/*"`],
  ]);
  copy(join(catalog.folder, "outputs.ts"), join(to, "outputs.ts"), [['"catalog"', `"${project}"`]]);
  copy(join(catalog.folder, "index.ts"), join(to, "index.ts"), [
    ["@fairway/catalog/service", "./service.ts"],
    ["@fairway/edge/outputs", `../${edge}/outputs.ts`],
    settingsFrom(to),
  ]);
  return placed(catalog, project, to, [["acme/catalog@", `acme/${project}@`]]);
}

/** The configuration of the original under the copy's name. */
function placed(original: StackProgram, project: string, folder: string, changes: [from: string, to: string][]): StackProgram {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: project, private: true, type: "module" }));
  const config = Object.fromEntries(
    Object.entries(original.config).map(([key, value]) => [
      key.startsWith(`${original.project}:`) ? `${project}:${key.slice(original.project.length + 1)}` : key,
      changes.reduce((text, [from, to]) => text.replaceAll(from, to), value),
    ]),
  );
  return { ...original, project, folder, config };
}

const settingsFrom = (folder: string): [string, string] => [
  "../../../platform.config.ts",
  relative(folder, join(ROOT, "platform.config.ts")),
];

/** @throws when the original no longer has what is to be changed in the copy */
function copy(from: string, to: string, changes: [from: string, to: string][]): void {
  let text = readFileSync(from, "utf8");
  for (const [before, after] of changes) {
    if (!text.includes(before))
      throw new Error(`${relative(ROOT, from)} has no ${before} any more; bench/scale copies it and changes that`);
    text = text.replaceAll(before, after);
  }
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
}
