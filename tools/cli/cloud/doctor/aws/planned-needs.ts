import { rehearsedCloud } from "@fairway/cloud";
import { createRunner } from "@fairway/engine";
import { plannedResources, planStacks } from "@fairway/planner";
import type { Platform } from "@fairway/settings";
import { Failure } from "../../../failure.ts";
import { stacksOf } from "../../../plan/planned-stacks.ts";
import { ROOT } from "../../../workspace/checkout.ts";
import { assumedImage } from "../../../workspace/images.ts";
import { ORGANIZATION } from "../../../workspace/organization.ts";
import { findPrograms } from "../../../workspace/programs.ts";
import { type Needs, needsOf } from "./needs.ts";

/** Plans an environment here, offline, and counts what it needs. */
export async function plannedNeeds(platform: Platform, environment: string): Promise<Needs> {
  const runner = createRunner({ cwd: ROOT, sdkRoot: ROOT });
  try {
    const stacks = await stacksOf({
      root: ROOT,
      platform,
      programs: findPrograms(ROOT),
      environments: [environment],
      image: assumedImage,
    });
    const plans = await planStacks({
      organization: ORGANIZATION,
      stacks,
      providers: rehearsedCloud(),
      runners: { update: runner },
    });
    const failed = plans.filter(({ ok }) => !ok).map(({ project }) => project);
    if (failed.length > 0)
      throw new Failure(
        `${failed.join(", ")} can't be planned, so nothing can be counted\nLook: npx fairway plan --env ${environment}`,
      );
    return needsOf(plans.flatMap(plannedResources));
  } finally {
    await runner.close();
  }
}
