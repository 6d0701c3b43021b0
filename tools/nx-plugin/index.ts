import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CreateNodes, createNodesFromFiles } from "@nx/devkit";
import { inferProject } from "./infer.ts";

/** Every workspace folder is an Nx project whose targets follow from the files in it: no target is written by hand. */
export const createNodes: CreateNodes = [
  "{libs,infra,services,pipelines,rehearsal,tools,bench,runbooks,incidents}/**/package.json",
  (files, options, context) =>
    createNodesFromFiles(
      (file) => {
        const root = dirname(file);
        const project = inferProject(root, readdirSync(join(context.workspaceRoot, root)));
        return project === undefined ? {} : { projects: { [root]: project } };
      },
      files,
      options,
      context,
    ),
];
