import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { plannedResources, type PlannedState } from "@fairway/planner";
import { writeAtomically } from "../../workspace/write-atomically.ts";
import { checkGraphFile } from "./formats.ts";
import { mermaidOf } from "./mermaid.ts";
import { type ProjectReference, resourceGraph } from "./model.ts";
import { svgOf } from "./svg.ts";

/** Draws an environment's resources into a file, as its name says. @throws as `checkGraphFile` */
export function writeGraph(file: string, title: string, stacks: readonly PlannedState[], full: boolean): void {
  const draw = checkGraphFile(file) === ".svg" ? svgOf : mermaidOf;
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeAtomically(file, draw(resourceGraph(title, stacks.flatMap(plannedResources), stacks.flatMap(referencesOf), full)));
}

/** A stack that reads another's outputs holds the reference in its state, by `ORGANIZATION/PROJECT/STACK`. */
function referencesOf({ project, state }: PlannedState): ProjectReference[] {
  return state
    .resources()
    .filter(({ type }) => type === "pulumi:pulumi:StackReference")
    .map(({ inputs }) => ({ from: project, to: String(inputs.name).split("/").at(-2) ?? "" }));
}
