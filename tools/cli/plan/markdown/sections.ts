import { changesIn } from "../changes.ts";
import { changeLines, failureLines } from "../report/change-lines.ts";
import { accessLines, costLines, policyLines, protectionLines } from "../report/review-lines.ts";
import { count } from "../report/text.ts";
import { styleOf } from "../../terminal/style.ts";
import { inReadingOrder, type PlannedEnvironment, type PlanView } from "../view.ts";

/** A part of a comment that is shown whole or left out whole. */
export interface Section {
  /** What it is, for the sentence that says what was left out. */
  what: string;
  environment: string;
  lines: string[];
  /** Shown without a click. */
  open: boolean;
}

/** Characters of one section's lines; beyond them lines are counted. A comment shows what it must, and the command the rest. */
const LONGEST = 18_000;

/** No colour, no narrow terminal: GitHub scrolls. */
const STYLE = styleOf({ isTTY: false, columns: 100 } as NodeJS.WriteStream, { LANG: "C.UTF-8" });

/** All that a comment could show, the most important first: what stops it, what changes, then what that means; environments that matter first. */
export function sectionsOf(view: PlanView): Section[] {
  const environments = inReadingOrder(view.environments);
  return [
    ...environments.map((each) => section("failures", each, failureLines(each, STYLE), true)),
    ...environments.map((each) => section("dangerous changes", each, dangerousLines(each, view), true)),
    ...environments.map((each) => section("policy violations", each, violationLines(each), true)),
    ...environments.map((each) => section("changes", each, routineLines(each, view), false)),
    ...environments.map((each) => section("access and cost", each, meaningLines(each), false)),
    ...environments.map((each) => section("findings", each, findingLines(each), false)),
  ].filter(({ lines }) => lines.length > 0);
}

function section(what: string, { name }: PlannedEnvironment, lines: string[], open: boolean): Section {
  let length = 0;
  const shown = lines.filter((line) => (length += line.length + 1) <= LONGEST);
  const rest = lines.length - shown.length;
  const shortened = rest > 0 ? [...shown, `… and ${count(rest, "line")} more`] : shown;
  return { what, environment: name, open, lines: shortened };
}

function dangerousLines(environment: PlannedEnvironment, view: PlanView): string[] {
  const { dangerous, counts } = changesIn(environment, view);
  return [
    ...protectionLines(environment.review, STYLE),
    ...changeLines({ dangerous, routine: [], created: [], wholesale: [], following: [], counts }, STYLE, false),
  ];
}

function routineLines(environment: PlannedEnvironment, view: PlanView): string[] {
  return changeLines({ ...changesIn(environment, view), dangerous: [] }, STYLE, false);
}

function violationLines({ review }: PlannedEnvironment): string[] {
  if (!review || review.policy.fresh.length + review.policy.older.length === 0) return [];
  return policyLines(review.policy, STYLE, true);
}

function meaningLines({ review }: PlannedEnvironment): string[] {
  if (!review) return [];
  return [...accessLines(review.access, STYLE, review.access.changes !== undefined), ...costLines(review.cost, STYLE, false)];
}

function findingLines({ stacks }: PlannedEnvironment): string[] {
  return stacks.filter(({ ok }) => ok).flatMap(({ findings }) => findings.map(({ message }) => `  ${message}`));
}
