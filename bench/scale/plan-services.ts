import { rehearsedCloud } from "@fairway/cloud";
import { createRunner } from "@fairway/engine";
import { planStacks } from "@fairway/planner";
import { stacksOf } from "../../tools/cli/plan/planned-stacks.ts";
import { reviewOf } from "../../tools/cli/plan/review/review.ts";
import { planToJson } from "../../tools/cli/plan/view.ts";
import { loadPlatform, ROOT } from "../../tools/cli/workspace/checkout.ts";
import { assumedImage } from "../../tools/cli/workspace/images.ts";
import { ORGANIZATION } from "../../tools/cli/workspace/organization.ts";
import { findPrograms } from "../../tools/cli/workspace/programs.ts";
import { synthesise } from "./synthetic-services.ts";

const ENVIRONMENT = "production";
/** For waivers that have expired by then; any day costs the same. */
const TODAY = "2026-01-01";

/** @throws naming the stacks that can't be planned */
export async function planServices(folder: string, count: number): Promise<unknown> {
  const platform = await loadPlatform();
  const reference = await stacksOf({
    root: ROOT,
    platform,
    programs: findPrograms(ROOT),
    environments: [ENVIRONMENT],
    image: assumedImage,
  });
  const runners = { update: createRunner({ cwd: ROOT }), preview: createRunner({ cwd: ROOT }) };
  try {
    const stacks = await planStacks({
      organization: ORGANIZATION,
      stacks: synthesise(folder, count, reference),
      providers: rehearsedCloud(),
      runners,
    });
    const failed = stacks.filter(({ ok }) => !ok);
    if (failed.length > 0)
      throw new Error(
        failed
          .map(({ project, diagnostics }) => `${project}: ${diagnostics.map(({ message }) => message).join("\n")}`)
          .join("\n"),
      );
    const review = reviewOf({ name: ENVIRONMENT, platform, stacks, today: TODAY });
    return planToJson({ environments: [{ name: ENVIRONMENT, stacks, review }], guarded: [], strict: true });
  } finally {
    await Promise.all([runners.update.close(), runners.preview.close()]);
  }
}
