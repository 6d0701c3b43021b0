import { getAt, parsePath, type PropertyValue, Secret, Unknown } from "@fairway/engine";
import { isSkip, type PlannedStep, type StackPlan } from "@fairway/planner";
import type { Style } from "../terminal/style.ts";
import type { PlanView } from "./view.ts";

export interface ReportOptions {
  /** Short commit of this tree, with `+changes` where files differ from it. */
  head: string;
  /** List every resource. */
  full: boolean;
  /** How long planning took. */
  seconds: number;
}

/** The plan for a person: dangerous things on top, how each thing is known, environments that say the same folded. */
export function planReport(view: PlanView, style: Style, options: ReportOptions): string {
  const programs = new Set(view.environments.flatMap(({ stacks }) => stacks.map(({ project }) => project))).size;
  const subject = view.base
    ? `Plan of ${options.head} against ${view.base.revision} (${view.base.commit.slice(0, 7)}), offline`
    : `Plan of ${options.head} from nothing, offline`;
  const size = `${count(programs, "program")} × ${count(view.environments.length, "environment")}, ${options.seconds.toFixed(1)} s`;
  const shown: [text: string, environment: string][] = [];
  // The environment that matters most comes first: promotion order, backwards.
  const sections = view.environments.toReversed().map(({ name, stacks }) => {
    const body = environmentBody(stacks, view, name, style, options.full);
    const twin = shown.find(([text]) => text === body)?.[1];
    shown.push([body, name]);
    return twin && !options.full
      ? `${style.colors.bold(name)} ${style.glyphs.dots} same as ${twin}`
      : `${heading(name, stacks, view, style)}\n${body}`;
  });
  return [
    columns(subject, size, style.width),
    view.base ? "Compares revisions, not what runs.\n" : "",
    ...sections,
    ...verdict(view, style),
  ].join("\n");
}

function heading(name: string, stacks: StackPlan[], view: PlanView, style: Style): string {
  const steps = stacks.flatMap((stack) => stack.steps).filter(({ provider }) => !provider);
  const of = (...ops: string[]) => steps.filter(({ op }) => ops.includes(op)).length;
  const dangerous = view.guarded.filter(({ environment }) => environment === name).length;
  const { glyphs, colors } = style;
  const counts = [
    dangerous > 0 ? colors.red(`! ${dangerous} dangerous`) : "",
    `+ ${of("create")}`,
    `~ ${of("update")}`,
    `${glyphs.replace} ${of("replace", "read-replacement")}`,
    `${glyphs.minus} ${of("delete", "discard")}`,
  ].filter(Boolean);
  return columns(colors.bold(name), counts.join("   "), style.width);
}

function environmentBody(stacks: StackPlan[], view: PlanView, environment: string, style: Style, full: boolean): string {
  const lines = stacks.flatMap((stack) => failureLines(stack, style));
  const changes = stacks.flatMap((stack) =>
    stack.steps
      .filter(({ op, provider }) => !provider && op !== "same" && (full || op !== "read"))
      .map((step) => ({ project: stack.project, step })),
  );
  const guarded = (urn: string) => view.guarded.find((change) => change.environment === environment && change.urn === urn);
  const dangerous = changes.filter(({ step }) => guarded(step.urn));
  const routine = changes.filter(({ step }) => !guarded(step.urn));
  const created = routine.filter(({ step }) => step.op === "create");
  // From nothing everything is a creation, and a list of hundreds says less than its sums.
  const summed = !full && !view.base ? created : [];
  lines.push(...dangerous.flatMap(({ project, step }) => changeLines(project, step, style, guarded(step.urn))));
  const following = full ? [] : routine.filter(({ step }) => followsAnother(step));
  const folded = new Set([...summed, ...following]);
  lines.push(
    ...routine.filter((change) => !folded.has(change)).flatMap(({ project, step }) => changeLines(project, step, style)),
  );
  lines.push(...sumLines("+", summed));
  if (following.length > 0)
    lines.push(`    and what follows from these (--full lists it):`, ...sumLines(style.glyphs.replace, following));
  lines.push(...stacks.flatMap(({ findings }) => findings.map(({ message }) => `  ${view.strict ? "!" : "note"} ${message}`)));
  if (lines.length === 0) lines.push("    nothing changes");
  return `${lines.join("\n")}\n`;
}

function failureLines(stack: StackPlan, style: Style): string[] {
  if (stack.ok) return [];
  const errors = stack.diagnostics.filter(({ severity }) => severity === "error");
  const own = errors.filter(({ message }) => !isSkip(message));
  const told = own.length > 0 ? own : errors.slice(0, 1);
  return told.map(
    ({ urn, message }) =>
      `  ${style.colors.red(style.glyphs.failed)} ${stack.project}  ${urn ? `${nameOf(urn)}: ` : ""}${indent(message, 6)}`,
  );
}

function changeLines(
  project: string,
  step: PlannedStep,
  { glyphs, colors }: Style,
  guarded?: { allow: string; allowed: boolean },
): string[] {
  const sign =
    {
      create: "+",
      update: "~",
      replace: glyphs.replace,
      "read-replacement": glyphs.replace,
      delete: glyphs.minus,
      discard: glyphs.minus,
      read: "<",
    }[step.op as string] ?? step.op;
  const lines = [`  ${guarded ? colors.red("!") : " "} ${sign} ${project}  ${step.type}  ${step.name}`];
  const known = `[${step.known}]`;
  if (step.why && step.op !== "update" && step.op !== "create") lines.push(`        ${step.why}  ${known}`);
  if (step.settlesAs)
    lines.push(`        ${step.settlesAs} in the update if the values that the preview could not know stay as they are`);
  if (step.op === "update" || step.op === "replace") {
    for (const [path, change] of Object.entries(step.detailedDiff)) {
      if (change.replace && step.why) continue; // the sentence above says it
      lines.push(
        `        ${path}  ${show(step.oldInputs, path)} ${glyphs.arrow} ${show(step.newInputs, path)}  [${change.known}]`,
      );
    }
  }
  if (guarded)
    lines.push(
      `        guarded (${step.guarded}): ${guarded.allowed ? "allowed" : `refused. To go on: --allow ${guarded.allow}`}`,
    );
  return lines;
}

/** Changed only because something that it names is made anew: every new value is another resource's, known after it is made. */
function followsAnother(step: PlannedStep): boolean {
  const paths = Object.keys(step.detailedDiff);
  return paths.length > 0 && paths.every((path) => getAt(step.newInputs ?? {}, parsePath(path)) instanceof Unknown);
}

/** `+ network  31   ec2.Route ×6, ec2.Subnet ×9, …` */
function sumLines(sign: string, changes: { project: string; step: PlannedStep }[]): string[] {
  return [...Map.groupBy(changes, ({ project }) => project)].map(([project, own]) => {
    const types = [...Map.groupBy(own, ({ step }) => shortType(step.type))].map(([type, steps]) =>
      steps.length > 1 ? `${type} ×${steps.length}` : type,
    );
    return wrap(`    ${sign} ${project.padEnd(10)} ${String(own.length).padStart(3)}   `, types.sort(), 100);
  });
}

function verdict(view: PlanView, { colors }: Style): string[] {
  const failed = view.environments.flatMap(({ name, stacks }) =>
    stacks.filter(({ ok }) => !ok).map(({ project }) => `${project}/${name}`),
  );
  const refused = view.guarded.filter(({ allowed }) => !allowed).length;
  const findings = view.environments.flatMap(({ stacks }) => stacks.flatMap((stack) => stack.findings)).length;
  if (failed.length > 0) return [colors.red(`failed: ${failed.join(", ")}. Nothing was changed.`)];
  if (refused > 0) return [`refused (${count(refused, "guarded change")}). Nothing was changed.`];
  if (view.strict && findings > 0) return [`${count(findings, "finding")}: an update would do what its preview does not show.`];
  return ["Nothing dangerous found. Nothing was changed."];
}

function show(inputs: Record<string, PropertyValue> | undefined, path: string): string {
  const value = getAt(inputs ?? {}, parsePath(path));
  if (value === undefined) return "(none)";
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Unknown) return "(known after)";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Fills lines up to `width`, continuing under where the list began. */
function wrap(start: string, items: string[], width: number): string {
  const lines = [start];
  items.forEach((item, index) => {
    const text = index < items.length - 1 ? `${item}, ` : item;
    if ((lines.at(-1) ?? "").length + text.trimEnd().length > width) lines.push(" ".repeat(start.length));
    lines[lines.length - 1] += text;
  });
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** `aws:ec2/subnet:Subnet` → `ec2.Subnet`, as programs write it. */
export function shortType(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  const service = module.split("/")[0] ?? "";
  return service === "" || service === "index" ? name : `${service}.${name}`;
}

const nameOf = (urn: string) => urn.split("::").at(-1) ?? urn;
const count = (n: number, thing: string) => `${n} ${thing}${n === 1 ? "" : "s"}`;
const indent = (text: string, by: number) => text.trimEnd().replaceAll("\n", `\n${" ".repeat(by)}`);
// Colour codes take no columns.
const columns = (left: string, right: string, width: number) =>
  `${left}${" ".repeat(Math.max(2, width - visible(left) - visible(right)))}${right}`;
const visible = (text: string) => text.replace(/\u001b\[\d+m/g, "").length;
