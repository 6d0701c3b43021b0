import { basename, join } from "node:path";
import { bundleService, sourceDigest } from "@fairway/bundle";
import { repositoryUrl, type Platform } from "@fairway/settings";
import { stateFolder } from "./checkout.ts";
import type { Program } from "./programs.ts";

/** Configuration that names the image a service's program runs, by digest; nothing for other programs. */
export type ImageConfig = { image?: string };

/** For a plan: the hash of what the image would be built from. Nothing is built. */
export async function assumedImage(root: string, platform: Platform, program: Program): Promise<ImageConfig> {
  if (!program.service) return {};
  const digest = sourceDigest({ folder: program.service, workspaceRoot: root });
  return { image: `${repositoryUrl(platform, basename(program.service))}@${digest}` };
}

/** For a rehearsal: builds the service's bundle, which then really runs. */
export async function builtImage(root: string, platform: Platform, program: Program): Promise<ImageConfig> {
  if (!program.service) return {};
  const { digest } = await bundleService({ folder: program.service, outFolder: bundlesFolder(root) });
  return { image: `${repositoryUrl(platform, basename(program.service))}@${digest}` };
}

/** Bundles by digest: `sha256-<hex>/`. */
export const bundlesFolder = (root: string) => join(stateFolder(root), "bundles");
