import type { ProjectConfiguration } from "@nx/devkit";
import { placement, tags } from "./placement.ts";
import { environmentOf, pulumiTargets, serviceTargets, testTargets } from "./targets.ts";

/**
 * The Nx project of a folder, from its place and the files in it.
 *
 * @param root the folder, relative to the workspace, with forward slashes
 * @param files names of the files directly in it
 * @returns undefined where the folder is no project of ours, such as one below a project's root
 */
export function inferProject(root: string, files: readonly string[]): ProjectConfiguration | undefined {
  const place = placement(root);
  if (place === undefined || place.root !== root) return undefined;
  const environments = files.map(environmentOf).filter((environment) => environment !== undefined);
  return {
    root,
    name: place.name,
    tags: tags(place),
    targets: {
      ...testTargets(root),
      ...(files.includes("service.ts") ? serviceTargets(root) : {}),
      ...(files.includes("Pulumi.yaml") ? pulumiTargets(place.name, root, environments.toSorted()) : {}),
    },
  };
}
