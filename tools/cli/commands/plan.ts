import { execFileSync } from "node:child_process";
import { systemClock } from "@fairway/clock";
import { rehearsedCloud } from "@fairway/cloud";
import { createRunner } from "@fairway/engine";
import { keyOf, type PlannedState, planStacks, type StackPlan } from "@fairway/planner";
import type { Platform } from "@fairway/settings";
import { EXIT, Failure } from "../failure.ts";
import { stateCache } from "../plan/base/cache.ts";
import { type BaseCheckout, checkOutBase } from "../plan/base/checkout.ts";
import { basePlatform, baseScopes } from "../plan/base/settings.ts";
import { type BaseStates, baseState } from "../plan/base/state.ts";
import { checkGraphFile } from "../plan/graph/formats.ts";
import { guardedChanges } from "../plan/guarded.ts";
import { stacksOf } from "../plan/planned-stacks.ts";
import { inReadingOrder, planToJson, type PlannedEnvironment, type PlanView } from "../plan/view.ts";
import { startProgress } from "../terminal/progress.ts";
import { styleOf } from "../terminal/style.ts";
import { chooseScopes, loadPlatform, ROOT } from "../workspace/checkout.ts";
import { assumedImage } from "../workspace/images.ts";
import { ORGANIZATION } from "../workspace/organization.ts";
import { choosePrograms, findPrograms } from "../workspace/programs.ts";

export interface PlanOptions {
  env: string[];
  project: string[];
  base?: string;
  allow: string[];
  waive: string[];
  strict: boolean;
  full: boolean;
  pullRequest: boolean;
  /** File to draw into. */
  graph?: string;
  format: "text" | "markdown" | "json";
  json: boolean;
}

/** `fairway plan`: what the programs declare, or what changes against another revision. Changes nothing. */
export async function plan(options: PlanOptions): Promise<void> {
  if (options.allow.length > 0 && options.base === undefined)
    throw new Failure("--allow needs --base: from nothing everything is created, and no change is guarded.", EXIT.usage);
  if (options.graph !== undefined) checkGraphFile(options.graph);
  const started = systemClock.now();
  // First of all: while settings are read here, the runners load the SDK.
  const runners = { update: createRunner({ cwd: ROOT, sdkRoot: ROOT }), preview: createRunner({ cwd: ROOT, sdkRoot: ROOT }) };
  // Loaded while programs run.
  const reporting = import("../plan/reporting.ts");
  let progress: PlanProgress | undefined;
  try {
    const platform = await loadPlatform();
    const environments = chooseScopes(platform, options.env);
    const all = findPrograms(ROOT);
    const chosen = new Set(choosePrograms(all, options.project).map(({ project }) => project));
    // What a chosen program reads must be planned too; it is left out of the report.
    const stacks = await stacksOf({ root: ROOT, platform, programs: all, environments, image: assumedImage });
    const providers = rehearsedCloud();
    progress = progressOf(stacks.length);
    const base = options.base === undefined ? undefined : await checkOutBase(ROOT, options.base, progress.say);
    const before = base && (await statesOf(base, platform, environments, providers));
    const plans = await planStacks({
      organization: ORGANIZATION,
      stacks,
      providers,
      base: before?.of,
      runners,
      onDone: progress.step,
    });
    progress.end();
    const { exitCodeOf, judgeWaivers, planComment, planReport, reviewOf, shellWord } = await reporting;
    const commandOf = ({ env, project, base: revision, allow }: PlanOptions) => [
      "npx fairway plan",
      ...(revision === undefined ? [] : [`--base ${shellWord(revision)}`]),
      ...env.map((name) => `--env ${shellWord(name)}`),
      ...project.map((name) => `--project ${shellWord(name)}`),
      ...allow.map((name) => `--allow ${shellWord(name)}`),
      "--full",
    ];
    const shown = plans.filter(({ project }) => chosen.has(project));
    const waived = shown.map((each) => ({
      ...each,
      findings: each.findings.filter(({ urn }) => !options.waive.some((pattern) => fits(pattern, urn))),
    }));
    const partly = chosen.size < all.length;
    const planned = environments.map((name): PlannedEnvironment => {
      const stacks = waived.filter(({ stack }) => stack === name);
      const whole = plans.filter(({ stack }) => stack === name);
      if (whole.some(({ ok }) => !ok)) return { name, stacks };
      const review = reviewOf({
        name,
        platform,
        stacks: whole,
        before: before && statesBefore(before, name, whole),
        projects: partly ? chosen : undefined,
        today: new Date(systemClock.now()).toISOString().slice(0, 10),
      });
      return { name, stacks, review };
    });
    const everything = !partly && options.env.length === 0;
    const view: PlanView = {
      base,
      environments: planned,
      guarded: before ? guardedChanges(waived, options.allow, surroundings(before, providers)) : [],
      strict: options.strict,
      undeclared: before?.ids.filter((id) => !plans.some((each) => keyOf(each) === keyOf(id))),
      waivers: options.pullRequest ? judgeWaivers(planned, everything) : undefined,
    };
    if (options.graph !== undefined) {
      const [drawn] = inReadingOrder(planned) as [PlannedEnvironment];
      const { writeGraph } = await import("../plan/graph/write.ts");
      writeGraph(options.graph, `${platform.name} ${drawn.name}`, drawn.stacks, options.full);
      if (planned.length > 1) progress.note(`${options.graph} shows ${drawn.name}. For another: --env NAME`);
    }
    const head = headName();
    if (options.json || options.format === "json") console.log(JSON.stringify(planToJson(view), null, 2));
    else if (options.format === "markdown") console.log(planComment(view, { head, command: commandOf(options) }));
    else {
      const seconds = (systemClock.now() - started) / 1000;
      console.log(planReport(view, styleOf(process.stdout), { head, full: options.full, seconds }));
    }
    process.exitCode = exitCodeOf(view);
  } finally {
    progress?.end();
    await Promise.all([runners.update.close(), runners.preview.close()]);
  }
}

async function statesOf(
  base: BaseCheckout,
  platform: Platform,
  planned: readonly string[],
  providers: ReturnType<typeof rehearsedCloud>,
): Promise<BaseStates> {
  const own = await basePlatform(base);
  const environments = baseScopes(own, platform, planned);
  return baseState({ base, platform: own, environments, providers, cache: stateCache(base, ROOT) });
}

/** The base's stacks of an environment, as they are looked at: known as the plan knows them. */
function statesBefore(before: BaseStates, environment: string, plans: readonly StackPlan[]): PlannedState[] {
  return before.ids.flatMap((id) => {
    const state = id.stack === environment ? before.of(id) : undefined;
    return state ? [{ ...id, state, steps: plans.find((each) => keyOf(each) === keyOf(id))?.steps ?? [] }] : [];
  });
}

function surroundings(before: BaseStates, providers: ReturnType<typeof rehearsedCloud>) {
  return { before: before.of, guardOf: (type: string) => providers(type.split(":")[0] ?? "").describe(type).guarded };
}

interface PlanProgress {
  say(text: string): void;
  /** One more stack is planned. */
  step(): void;
  end(): void;
  /** A line that stays, once the plan is made. */
  note(text: string): void;
}

function progressOf(total: number): PlanProgress {
  let done = 0;
  let text = "Planning";
  const progress = startProgress((spinner) => `${spinner} ${text} ${done}/${total}`);
  let ended = false;
  return {
    say: (next: string) => {
      text = next;
      progress.draw();
    },
    step: () => {
      done += 1;
      text = "Planning";
      progress.draw();
    },
    end: () => {
      if (ended) return;
      ended = true;
      text = "Planned";
      progress.end();
    },
    note: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** `*` stands for any characters of a URN. */
function fits(pattern: string, urn: string): boolean {
  const expression = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${expression.join(".*")}$`).test(urn);
}

function headName(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", ROOT, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain") === "" ? "" : "+changes"}`;
  } catch {
    return "this tree";
  }
}
