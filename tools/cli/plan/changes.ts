import { getAt, parsePath, type PropertyValue, Secret, Unknown } from "@fairway/engine";
import { withoutSecrets } from "./secrets.ts";
import { isSkip, type PlannedStep, type StackPlan } from "@fairway/planner";
import type { GuardedChange, PlannedEnvironment, PlanView } from "./view.ts";

/** One changed resource. */
export interface Change {
  project: string;
  step: PlannedStep;
  guarded?: GuardedChange;
  /** How many guarded changes go with this one. */
  company: number;
}

/** What changes in an environment, sorted by what a reader must see first. Providers are no changes. */
export interface EnvironmentChanges {
  /** Guarded ones, without those that go with another. */
  dangerous: Change[];
  /** Not guarded, not creations. */
  routine: Change[];
  created: Change[];
  /** Of stacks that are all new, or of which nothing stays: what is made and deleted there needs no list. */
  wholesale: Change[];
  /** Change only because what they name is made anew. */
  following: Change[];
  counts: { create: number; update: number; replace: number; delete: number };
}

export function changesIn({ name, stacks }: PlannedEnvironment, view: PlanView, full = false): EnvironmentChanges {
  const guarded = new Map(view.guarded.filter(({ environment }) => environment === name).map((each) => [each.urn, each]));
  const company = new Map<string, number>();
  for (const { with: leader } of guarded.values()) if (leader !== undefined) company.set(leader, (company.get(leader) ?? 0) + 1);
  const result: EnvironmentChanges = {
    dangerous: [],
    routine: [],
    created: [],
    wholesale: [],
    following: [],
    counts: { create: 0, update: 0, replace: 0, delete: 0 },
  };
  for (const { project, steps } of stacks) {
    const whole = !full && isWhole(steps);
    for (const step of steps) {
      if (step.provider || step.op === "same" || (step.op === "read" && !full)) continue;
      const kind = COUNTED[step.op];
      if (kind) result.counts[kind] += 1;
      const leave = guarded.get(step.urn);
      const change: Change = { project, step, company: company.get(step.urn) ?? 0, ...(leave ? { guarded: leave } : {}) };
      if (leave?.with === undefined || full) listOf(change, whole).push(change);
    }
  }
  return result;

  function listOf({ guarded: leave, step }: Change, whole: boolean): Change[] {
    if (leave) return result.dangerous;
    if (whole) return result.wholesale;
    if (step.op === "create") return result.created;
    return followsAnother(step) && !full ? result.following : result.routine;
  }
}

/** Whether a stack is all new, or nothing of it stays. */
function isWhole(steps: readonly PlannedStep[]): boolean {
  const own = steps.filter(({ provider, op }) => !provider && op !== "read");
  const deleted = own.filter(({ type }) => type !== "pulumi:pulumi:Stack").every(({ op }) => op === "delete" || op === "discard");
  return deleted || own.every(({ op }) => op === "create");
}

const COUNTED: Partial<Record<PlannedStep["op"], keyof EnvironmentChanges["counts"]>> = {
  create: "create",
  update: "update",
  replace: "replace",
  "read-replacement": "replace",
  delete: "delete",
  discard: "delete",
};

/** Changed only because something that it names is made anew: every new value is another resource's, known after it is made. */
function followsAnother(step: PlannedStep): boolean {
  const paths = Object.keys(step.detailedDiff);
  return paths.length > 0 && paths.every((path) => getAt(step.newInputs ?? {}, parsePath(path)) instanceof Unknown);
}

/** Why a stack could not be planned: its own errors, or the first that another's failure caused. */
export function errorsOf({ ok, diagnostics }: StackPlan): { urn?: string; message: string }[] {
  if (ok) return [];
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const own = errors.filter(({ message }) => !isSkip(message));
  return own.length > 0 ? own : errors.slice(0, 1);
}

/** One changed property: never a secret's value. */
export interface PropertyChange {
  path: string;
  before: string;
  after: string;
  known: string;
}

/** Those that the change's own sentence does not tell already. */
export function propertyChanges(step: PlannedStep): PropertyChange[] {
  if (step.op !== "update" && step.op !== "replace") return [];
  const { oldInputs, newInputs } = withoutSecrets(step);
  return Object.entries(step.detailedDiff)
    .filter(([, { replace }]) => !(replace && step.why))
    .map(([path, { known }]) => {
      const [before, after] = around(text(oldInputs, path), text(newInputs, path));
      return { path, before, after, known };
    });
}

/** Longest value that is shown, in characters. */
const SHOWN = 60;
/** What is shown of it before the first difference. */
const LEAD = 16;

/** Two values, shortened to where they differ: the beginning of two policy documents is always the same. */
function around(before: string, after: string): [string, string] {
  if (before.length <= SHOWN && after.length <= SHOWN) return [before, after];
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const from = Math.min(same, before.length, after.length) > SHOWN - LEAD ? same - LEAD : 0;
  return [cut(before, from), cut(after, from)];
}

function cut(value: string, from: number): string {
  const start = from > 0 ? `…${value.slice(from)}` : value;
  return start.length > SHOWN ? `${start.slice(0, SHOWN - 1)}…` : start;
}

function text(inputs: Record<string, PropertyValue> | undefined, at: string): string {
  const path = parsePath(at);
  const value = getAt(inputs ?? {}, path);
  if (value === undefined) return "(none)";
  // Also what lies inside something secret.
  if (path.some((_, depth) => getAt(inputs ?? {}, path.slice(0, depth + 1)) instanceof Secret)) return "[secret]";
  if (value instanceof Unknown) return "(known after)";
  // A document is JSON itself.
  if (typeof value === "string" && /^[[{]/.test(value)) return value;
  return JSON.stringify(value) ?? String(value);
}

/** `aws:ec2/subnet:Subnet` → `ec2.Subnet`, as programs write it. */
export function shortType(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  const service = module.split("/")[0] ?? "";
  return service === "" || service === "index" ? name : `${service}.${name}`;
}
