import type { Platform } from "@fairway/settings";
import type { StackProgram } from "@fairway/planner";
import { type ImageConfig } from "../workspace/images.ts";
import type { Program } from "../workspace/programs.ts";
import { stackConfig } from "../workspace/stack-config.ts";

/** Every chosen program in every chosen environment, with its configuration. */
export async function stacksOf(request: {
  root: string;
  platform: Platform;
  programs: readonly Program[];
  environments: readonly string[];
  image: (root: string, platform: Platform, program: Program) => Promise<ImageConfig>;
  /** Leave out a program where an environment has no configuration for it, instead of refusing. */
  skipUnconfigured?: boolean;
}): Promise<StackProgram[]> {
  const { root, platform, environments } = request;
  const stacks = await Promise.all(
    request.programs.map(async (program) => {
      const overlay = { ...(await request.image(root, platform, program)) };
      const wanted = environments.filter((stack) => !request.skipUnconfigured || program.environments.includes(stack));
      return wanted.map((stack) => ({
        project: program.project,
        stack,
        folder: program.folder,
        ...stackConfig(root, program, stack, overlay),
      }));
    }),
  );
  return stacks.flat();
}
