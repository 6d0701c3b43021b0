import type { Platform } from "@fairway/settings";
import type { StackProgram } from "@fairway/planner";
import { type ImageConfig } from "../workspace/images.ts";
import { type Program, stackNames } from "../workspace/programs.ts";
import { stackConfig } from "../workspace/stack-config.ts";

/** Every chosen program in every chosen environment ("shared" is one) that it has a stack in, with its configuration. */
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
      const own = stackNames(program, platform);
      const wanted = environments.filter(
        (stack) => own.includes(stack) && (!request.skipUnconfigured || program.configured.includes(stack)),
      );
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
