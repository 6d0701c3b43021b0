import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { PlannedResource } from "@fairway/resources";
import { writeAtomically } from "../../workspace/write-atomically.ts";
import { checkGraphFile } from "./formats.ts";
import { mermaidOf } from "./mermaid.ts";
import { resourceGraph } from "./model.ts";
import { svgOf } from "./svg.ts";

/** Draws an environment's resources into a file, as its name says. @throws as `checkGraphFile` */
export function writeGraph(file: string, title: string, resources: readonly PlannedResource[], full: boolean): void {
  const draw = checkGraphFile(file) === ".svg" ? svgOf : mermaidOf;
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeAtomically(file, draw(resourceGraph(title, resources, full)));
}
