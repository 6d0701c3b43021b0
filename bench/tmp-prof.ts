import { rehearsedCloud } from "@fairway/cloud";
import { createRunner } from "@fairway/engine";
const { planStacks } = process.env.OLD ? await import("./tmp-old.ts") : await import("@fairway/planner");
import { stacksOf } from "/work/main/tools/cli/plan/planned-stacks.ts";
import { planToJson } from "/work/main/tools/cli/plan/view.ts";
import { loadPlatform, ROOT } from "/work/main/tools/cli/workspace/checkout.ts";
import { assumedImage } from "/work/main/tools/cli/workspace/images.ts";
import { findPrograms } from "/work/main/tools/cli/workspace/programs.ts";
const t0 = performance.now();
const at = (s: string) => console.error(s, Math.round(performance.now() - t0), JSON.stringify(process.cpuUsage()));
const platform = await loadPlatform();
const environments = Object.keys(platform.environments);
const stacks = await stacksOf({ root: ROOT, platform, programs: findPrograms(ROOT), environments, image: assumedImage });
at("stacks");
const env = process.env.PROF ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${process.env.PROF}` } : {};
const runners = {
  update: createRunner({ cwd: ROOT, env, sdkRoot: process.env.EAGER ? ROOT : undefined }),
  preview: createRunner({ cwd: ROOT, env, sdkRoot: process.env.EAGER ? ROOT : undefined }),
};
const plans = await planStacks({ organization: "organization", stacks, providers: rehearsedCloud(), runners });
at("planned");
const s = JSON.stringify(
  planToJson({
    head: "",
    environments: environments.map((name) => ({ name, stacks: plans.filter((p) => p.stack === name) })),
    guarded: [],
    strict: true,
  }),
  null,
  2,
);
at("json " + s.length + plans.every((p) => p.ok));
await Promise.all([runners.update.close(), runners.preview.close()]);
at("closed");
