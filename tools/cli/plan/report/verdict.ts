import { failing } from "@fairway/policies";
import { EXIT, type ExitCode } from "../../failure.ts";
import type { PlanView } from "../view.ts";
import { count } from "./text.ts";

/** One sentence of what a plan comes to. */
export interface Verdict {
  text: string;
  bad: boolean;
}

/** What a plan comes to: first what stops it. It never says that something is safe, only that nothing dangerous was found. */
export function verdictOf(view: PlanView): Verdict[] {
  const { failed, refused, violations, findings } = troubles(view);
  const stopping: string[] = [];
  if (failed.length > 0) return [{ text: `failed: ${failed.join(", ")}. Nothing was changed.`, bad: true }];
  if (refused > 0) stopping.push(count(refused, "guarded change"));
  if (violations > 0) stopping.push(count(violations, "policy violation"));
  const waivers = [...(view.waivers?.expired ?? []), ...(view.waivers?.unused ?? [])];
  if (waivers.length > 0) stopping.push(count(waivers.length, "waiver"));
  const sentences: Verdict[] = waivers.map((text) => ({ text: `  ! waiver ${text}`, bad: true }));
  if (stopping.length > 0) return [...sentences, { text: `refused (${stopping.join(", ")}). Nothing was changed.`, bad: true }];
  if (findings > 0)
    return [{ text: `${count(findings, "finding")}: an update would do what its preview does not show.`, bad: true }];
  return [{ text: "Nothing dangerous found. Nothing was changed.", bad: false }];
}

/** What a command that shows this plan exits with. */
export function exitCodeOf(view: PlanView): ExitCode {
  const { failed, refused, violations, findings } = troubles(view);
  if (failed.length > 0 || findings > 0) return EXIT.failed;
  const waivers = (view.waivers?.expired.length ?? 0) + (view.waivers?.unused.length ?? 0);
  return refused > 0 || violations > 0 || waivers > 0 ? EXIT.refused : EXIT.done;
}

function troubles({ environments, guarded, strict }: PlanView) {
  const stacks = environments.flatMap((environment) => environment.stacks);
  const reports = environments.flatMap(({ review }) => (review ? [review.policy.report] : []));
  return {
    failed: stacks.filter(({ ok }) => !ok).map(({ project, stack }) => `${project}/${stack}`),
    refused: guarded.filter(({ allowed, with: leader }) => !allowed && leader === undefined).length,
    violations: failing(reports, { pullRequest: false }).violations.length,
    findings: strict ? stacks.flatMap(({ findings }) => findings).length : 0,
  };
}
