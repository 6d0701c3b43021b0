import type { Style } from "../../terminal/style.ts";
import { type Change, type EnvironmentChanges, errorsOf, propertyChanges, shortType } from "../changes.ts";
import type { PlannedEnvironment } from "../view.ts";
import { shellWord } from "../markdown/quote.ts";
import { count, indent, wrap } from "./text.ts";

export function failureLines({ stacks }: PlannedEnvironment, { colors, glyphs }: Style): string[] {
  return stacks.flatMap((stack) =>
    errorsOf(stack).map(
      ({ urn, message }) =>
        `  ${colors.red(glyphs.failed)} ${stack.project}  ${urn ? `${urn.split("::").at(-1)}: ` : ""}${indent(message, 6)}`,
    ),
  );
}

/**
 * What changes, dangerous things first.
 *
 * @param full list every property; whether every resource is listed was decided by what sorted the changes
 */
export function changeLines(changes: EnvironmentChanges, style: Style, full: boolean): string[] {
  const { dangerous, routine, created, wholesale, following } = changes;
  return [
    ...dangerous.flatMap((change) => linesOf(change, style, full)),
    ...routine.flatMap((change) => linesOf(change, style, full)),
    ...created.flatMap((change) => linesOf(change, style, full)),
    ...sumsBySign(wholesale, style),
    ...(following.length > 0 ? ["    and what follows from these (--full lists it):", ...sumsBySign(following, style)] : []),
  ];
}

/** Properties of one resource that are shown before the rest is only counted. */
const PROPERTIES = 6;

function linesOf({ project, step, guarded, company }: Change, style: Style, full: boolean): string[] {
  const { glyphs, colors } = style;
  const lines = [`  ${guarded ? colors.red("!") : " "} ${signOf(step.op, style)} ${project}  ${step.type}  ${step.name}`];
  if (step.why && step.op !== "update" && step.op !== "create") lines.push(`        ${step.why}  [${step.known}]`);
  if (step.settlesAs)
    lines.push(`        ${step.settlesAs} in the update if the values that the preview could not know stay as they are`);
  const properties = propertyChanges(step);
  const shown = full ? properties : properties.slice(0, PROPERTIES);
  for (const { path, before, after, known } of shown)
    lines.push(`        ${path}  ${before} ${glyphs.arrow} ${after}  [${known}]`);
  if (properties.length > shown.length) lines.push(`        and ${properties.length - shown.length} more (--full)`);
  if (company > 0) lines.push(`        and ${count(company, "guarded change")} that ${company === 1 ? "goes" : "go"} with it`);
  if (guarded) lines.push(`        guarded (${step.guarded}): ${leaveText(guarded)}`);
  return lines;
}

function leaveText({ allowed, allow, with: leader }: NonNullable<Change["guarded"]>): string {
  if (allowed) return "allowed";
  return leader === undefined ? `refused. To go on: --allow ${shellWord(allow)}` : `refused with ${leader.split("::").at(-1)}`;
}

export function signOf(op: string, { glyphs }: Pick<Style, "glyphs">): string {
  const signs: Record<string, string> = {
    create: "+",
    update: "~",
    replace: glyphs.replace,
    "read-replacement": glyphs.replace,
    delete: glyphs.minus,
    discard: glyphs.minus,
    read: "<",
  };
  return signs[op] ?? op;
}

function sumsBySign(changes: readonly Change[], style: Style): string[] {
  return [...Map.groupBy(changes, ({ step }) => signOf(step.op, style))].flatMap(([sign, same]) => sums(sign, same, style));
}

/** `+ network  31   ec2.Route ×6, ec2.Subnet ×9, …` */
function sums(sign: string, changes: readonly Change[], { width }: Style): string[] {
  const groups = [...Map.groupBy(changes, ({ project }) => project)];
  const broad = Math.max(10, ...groups.map(([project]) => project.length));
  return groups.map(([project, own]) =>
    wrap(`    ${sign} ${project.padEnd(broad)} ${String(own.length).padStart(3)}   `, typeCounts(own), width),
  );
}

/** `ec2.Route ×6`, by type. */
export function typeCounts(changes: readonly Change[]): string[] {
  return [...Map.groupBy(changes, ({ step }) => shortType(step.type))]
    .map(([type, same]) => (same.length > 1 ? `${type} ×${same.length}` : type))
    .sort();
}
