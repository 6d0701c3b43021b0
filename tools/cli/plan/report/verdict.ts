import { failing } from "@fairway/policies";
import { EXIT, type ExitCode } from "../../failure.ts";
import type { PlanView } from "../view.ts";
import { count } from "./text.ts";

/** One sentence of what a plan comes to. */
export interface Verdict {
  text: string;
  bad: boolean;
}

/** Something that stops a plan: how it is told, and what a command exits with for it. */
interface Trouble {
  text: string;
  exit: ExitCode;
  /** Lines that are told before the verdict. */
  details?: string[];
}

/** What a plan comes to: first what stops it. It never says that something is safe, only that nothing dangerous was found. */
export function verdictOf(view: PlanView): Verdict[] {
  const failed = failedStacks(view);
  if (failed.length > 0) return [{ text: `failed: ${failed.join(", ")}. Nothing was changed.`, bad: true }];
  const troubles = troublesOf(view);
  const [first] = troubles;
  if (!first) {
    const unprotected = view.environments.flatMap(({ review }) => review?.protection ?? []).length;
    const allowed = view.guarded.filter(({ with: leader }) => leader === undefined).length;
    const dangers = [
      ...(allowed > 0 ? [`${count(allowed, "dangerous change")} ${allowed === 1 ? "has" : "have"} leave`] : []),
      ...(unprotected > 0 ? [`${count(unprotected, "resource")} would lose protection`] : []),
    ];
    if (dangers.length === 0) return [{ text: "Nothing dangerous found. Nothing was changed.", bad: false }];
    return [{ text: `Nothing is refused, but ${dangers.join(", and ")}. Nothing was changed.`, bad: true }];
  }
  const details = troubles.flatMap(({ details = [] }) => details).map((text): Verdict => ({ text: `  ! ${text}`, bad: true }));
  // Alone it needs saying what a finding is; beside others it is one thing more to look at.
  if (troubles.every(({ exit }) => exit === EXIT.failed))
    return [...details, { text: `${first.text}: an update would do what its preview does not show.`, bad: true }];
  return [...details, { text: `refused (${troubles.map(({ text }) => text).join(", ")}). Nothing was changed.`, bad: true }];
}

/** What a command that shows this plan exits with: a failure before a refusal, which leave or a waiver could lift. */
export function exitCodeOf(view: PlanView): ExitCode {
  if (failedStacks(view).length > 0) return EXIT.failed;
  const exits = troublesOf(view).map(({ exit }) => exit);
  return exits.includes(EXIT.failed) ? EXIT.failed : (exits[0] ?? EXIT.done);
}

function failedStacks({ environments }: PlanView): string[] {
  const stacks = environments.flatMap((environment) => environment.stacks);
  return stacks.filter(({ ok }) => !ok).map(({ project, stack }) => `${project}/${stack}`);
}

/** All that stops a plan whose programs ran: the text and the exit code both follow from it. */
function troublesOf({ environments, guarded, strict, waivers }: PlanView): Trouble[] {
  const reports = environments.flatMap(({ review }) => (review ? [review.policy.report] : []));
  const refused = guarded.filter(({ allowed, with: leader }) => !allowed && leader === undefined);
  const violations = failing(reports, { pullRequest: false }).violations;
  const wrong = [...(waivers?.expired ?? []), ...(waivers?.unused ?? [])];
  const findings = strict ? environments.flatMap(({ stacks }) => stacks.flatMap((stack) => stack.findings)) : [];
  const trouble = (what: string, of: readonly unknown[], exit: ExitCode, details?: string[]): Trouble[] =>
    of.length === 0 ? [] : [{ text: count(of.length, what), exit, ...(details ? { details } : {}) }];
  return [
    ...trouble("guarded change", refused, EXIT.refused),
    ...trouble("policy violation", violations, EXIT.refused),
    ...trouble(
      "waiver",
      wrong,
      EXIT.refused,
      wrong.map((text) => `waiver ${text}`),
    ),
    ...trouble("finding", findings, EXIT.failed),
  ];
}
