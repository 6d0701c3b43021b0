import type { Style } from "../../terminal/style.ts";
import { changesIn, type EnvironmentChanges } from "../changes.ts";
import { inReadingOrder, type PlannedEnvironment, type PlanView } from "../view.ts";
import { changeLines, failureLines } from "./change-lines.ts";
import { protectionLines, reviewLines } from "./review-lines.ts";
import { columns, count, money, moneyChange } from "./text.ts";
import { verdictOf } from "./verdict.ts";

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
  const sections = inReadingOrder(view.environments).map((environment) => {
    const changes = changesIn(environment, view, options.full);
    const body = bodyOf(environment, changes, view, style, options.full);
    const twin = shown.find(([text]) => text === body)?.[1];
    shown.push([body, environment.name]);
    const title = heading(environment, changes, style);
    return twin && !options.full ? `${title}\n    ${style.glyphs.dots} same as ${twin}\n` : `${title}\n${body}`;
  });
  return [
    columns(subject, size, style.width),
    view.base ? "Compares revisions, not what runs.\n" : "",
    ...sections,
    ...undeclaredLines(view),
    ...verdictOf(view).map(({ text, bad }) => (bad ? style.colors.red(text) : text)),
  ].join("\n");
}

function heading({ name, review }: PlannedEnvironment, { dangerous, counts }: EnvironmentChanges, style: Style): string {
  const { glyphs, colors } = style;
  const cost = review?.cost;
  const danger = dangerous.length + (review?.protection.length ?? 0);
  const right = [
    danger > 0 ? colors.red(`! ${danger} dangerous`) : "",
    `+ ${counts.create}`,
    `~ ${counts.update}`,
    `${glyphs.replace} ${counts.replace}`,
    `${glyphs.minus} ${counts.delete}`,
    cost ? `${money(cost.report.monthlyUsd)}/mo${cost.delta ? ` (${moneyChange(cost.delta.deltaUsd, glyphs.minus)})` : ""}` : "",
  ].filter(Boolean);
  return columns(colors.bold(name), right.join("   "), style.width);
}

function bodyOf(
  environment: PlannedEnvironment,
  changes: EnvironmentChanges,
  view: PlanView,
  style: Style,
  full: boolean,
): string {
  const { stacks, review } = environment;
  const lines = [...failureLines(environment, style), ...protectionLines(review, style), ...changeLines(changes, style, full)];
  // What a failed program's update did before it failed is no finding about it.
  const findings = stacks.filter(({ ok }) => ok).flatMap((stack) => stack.findings);
  lines.push(...findings.map(({ message }) => `  ${view.strict ? "!" : "note"} ${message}`));
  if (lines.length === 0) lines.push("    nothing changes");
  if (review) lines.push(...reviewLines(review, style, full));
  else lines.push("    policy, access and cost are not judged while a program of the environment fails");
  return `${lines.join("\n")}\n`;
}

function undeclaredLines({ undeclared }: PlanView): string[] {
  if (!undeclared?.length) return [];
  const named = undeclared.map(({ project, stack }) => `${project}/${stack}`).join(", ");
  return [`not declared any more: ${named}. Nothing deletes what they made: \`pulumi destroy\` does, from the base.\n`];
}
