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
import type * as reportingModule from "../plan/reporting.ts";
import { withoutPlaintext } from "../plan/secrets.ts";
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
  const today = new Date(started).toISOString().slice(0, 10);
  let progress: PlanProgress | undefined;
  try {
    const platform = await loadPlatform();
    progress = progressOf();
    const ending = new AbortController();
    const gathering = gather(options, platform, runners, progress, ending.signal);
    // Malformed waivers end a plan as soon as they are read, whatever its programs still do.
    const checking = reporting.then(({ checkWaivers }) => checkWaivers(platform, today));
    const [gathered] = await Promise.all([gathering, checking]).catch(async (error: unknown) => {
      ending.abort();
      await gathering.catch(() => undefined);
      throw error;
    });
    progress.end();
    const view = judge(await reporting, options, platform, gathered, today);
    await print(await reporting, options, platform, view, progress, (systemClock.now() - started) / 1000);
    process.exitCode = (await reporting).exitCodeOf(view);
  } finally {
    progress?.end();
    await Promise.all([runners.update.close(), runners.preview.close()]);
  }
}

/** Loaded while programs run: only its type is known before. */
type Reporting = typeof reportingModule;

/** All that a plan is judged by. */
interface Gathered {
  environments: string[];
  /** Projects to report. */
  chosen: ReadonlySet<string>;
  /** Whether some projects are left out. */
  partly: boolean;
  base: BaseCheckout | undefined;
  before: BaseStates | undefined;
  /** Of every project: what a chosen program reads must be planned too. */
  plans: StackPlan[];
  providers: ReturnType<typeof rehearsedCloud>;
}

/** Runs the programs, those of the base first. */
async function gather(
  options: PlanOptions,
  platform: Platform,
  runners: Parameters<typeof planStacks>[0]["runners"],
  progress: PlanProgress,
  signal: AbortSignal,
): Promise<Gathered> {
  const environments = chooseScopes(platform, options.env);
  const all = findPrograms(ROOT);
  const chosen = new Set(choosePrograms(all, options.project).map(({ project }) => project));
  const stacks = await stacksOf({ root: ROOT, platform, programs: all, environments, image: assumedImage });
  const providers = rehearsedCloud();
  progress.of(stacks.length);
  const base = options.base === undefined ? undefined : await checkOutBase(ROOT, options.base, progress.say);
  const before = base && (await statesOf(base, platform, environments, providers));
  const plans = await planStacks({
    organization: ORGANIZATION,
    stacks,
    providers,
    base: before?.of,
    runners,
    onDone: progress.step,
    signal,
  });
  return { environments, chosen, partly: chosen.size < all.length, base, before, plans, providers };
}

/** What the plans mean. */
function judge(
  { judgeWaivers, reviewOf }: Reporting,
  options: PlanOptions,
  platform: Platform,
  { environments, chosen, partly, base, before, plans, providers }: Gathered,
  today: string,
): PlanView {
  const shown = plans
    .filter(({ project }) => chosen.has(project))
    .map((each) => ({
      ...each,
      findings: each.findings.filter(({ urn }) => !options.waive.some((pattern) => fits(pattern, urn))),
    }));
  const planned = environments.map((name): PlannedEnvironment => {
    const stacks = shown.filter(({ stack }) => stack === name);
    const whole = plans.filter(({ stack }) => stack === name);
    if (whole.some(({ ok }) => !ok)) return { name, stacks };
    const review = reviewOf({
      name,
      platform,
      stacks: whole,
      before: before && statesBefore(before, name, whole),
      projects: partly ? chosen : undefined,
      today,
    });
    const plaintext = review.policy.report.violations.filter(({ policy }) => policy === "no-plaintext-secret");
    const urns = new Set(plaintext.map(({ urn }) => urn));
    return { name, stacks: stacks.map((each) => ({ ...each, steps: withoutPlaintext(each.steps, urns) })), review };
  });
  const everything = !partly && options.env.length === 0;
  return {
    base,
    environments: planned,
    guarded: before ? guardedChanges(shown, options.allow, surroundings(before, providers)) : [],
    strict: options.strict,
    undeclared: before?.ids.filter((id) => !plans.some((each) => keyOf(each) === keyOf(id))),
    waivers: options.pullRequest ? judgeWaivers(planned, everything) : undefined,
  };
}

/** Draws the picture, where one is asked for, and prints the plan in the format that is. */
async function print(
  { planComment, planReport, shellWord }: Reporting,
  options: PlanOptions,
  platform: Platform,
  view: PlanView,
  progress: PlanProgress,
  seconds: number,
): Promise<void> {
  if (options.graph !== undefined) {
    const [drawn] = inReadingOrder(view.environments) as [PlannedEnvironment];
    const { writeGraph } = await import("../plan/graph/write.ts");
    writeGraph(options.graph, `${platform.name} ${drawn.name}`, drawn.stacks, options.full);
    if (view.environments.length > 1) progress.note(`${options.graph} shows ${drawn.name}. For another: --env NAME`);
  }
  const head = headName();
  if (options.json || options.format === "json") console.log(JSON.stringify(planToJson(view), null, 2));
  else if (options.format === "markdown") console.log(planComment(view, { head, command: commandOf(options, shellWord) }));
  else console.log(planReport(view, styleOf(process.stdout), { head, full: options.full, seconds }));
}

/** The command that shows the same plan with every line. */
function commandOf({ env, project, base, allow }: PlanOptions, shellWord: Reporting["shellWord"]): string[] {
  return [
    "npx fairway plan",
    ...(base === undefined ? [] : [`--base ${shellWord(base)}`]),
    ...env.map((name) => `--env ${shellWord(name)}`),
    ...project.map((name) => `--project ${shellWord(name)}`),
    ...allow.map((name) => `--allow ${shellWord(name)}`),
    "--full",
  ];
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
  /** How many stacks there are to plan. */
  of(total: number): void;
  say(text: string): void;
  /** One more stack is planned. */
  step(): void;
  end(): void;
  /** A line that stays, once the plan is made. */
  note(text: string): void;
}

function progressOf(): PlanProgress {
  let total = 0;
  let done = 0;
  let text = "Planning";
  const progress = startProgress((spinner) => `${spinner} ${text} ${done}/${total}`);
  let ended = false;
  return {
    of: (stacks) => {
      total = stacks;
      progress.draw();
    },
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
