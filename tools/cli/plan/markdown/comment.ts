import { changesIn } from "../changes.ts";
import { count, money, moneyChange } from "../report/text.ts";
import { verdictOf } from "../report/verdict.ts";
import { inReadingOrder, type PlannedEnvironment, type PlanView } from "../view.ts";
import { block, code, commandBlock, htmlCode } from "./quote.ts";
import { type Section, sectionsOf } from "./sections.ts";

/** GitHub takes 65,536 characters in a comment; this leaves room for what a workflow adds. */
export const LONGEST_COMMENT = 60_000;

/** Kept for the sentence that says what was left out. */
const RESERVED = 4_000;

export interface CommentOptions {
  /** Short commit of this tree. */
  head: string;
  /** The command that shows the same plan on one's own machine, in words as a shell takes them. */
  command: readonly string[];
}

/**
 * The plan as a comment on a pull request: the verdict, a table, dangerous things open, all else folded. Always under
 * `LONGEST_COMMENT` characters; sections that do not fit are left out whole and named.
 */
export function planComment(view: PlanView, { head, command }: CommentOptions): string {
  const stops = verdictOf(view)
    .slice(0, -1)
    .map(({ text }) => text);
  const parts = [title(view, head), ...(stops.length > 0 ? [block(stops)] : []), compares(view), table(view)];
  const reproduce = `To see it yourself, with every line:\n\n${commandBlock(command)}`;
  const left: Section[] = [];
  let length = parts.join("\n\n").length;
  for (const section of sectionsOf(view)) {
    const text = sectionText(section);
    if (length + text.length + 2 > LONGEST_COMMENT - RESERVED - reproduce.length) left.push(section);
    else {
      parts.push(text);
      length += text.length + 2;
    }
  }
  if (left.length > 0) parts.push(leftOut(left));
  parts.push(reproduce);
  return parts.join("\n\n");
}

function title(view: PlanView, head: string): string {
  const against = view.base ? ` against ${code(view.base.revision)} (${code(view.base.commit.slice(0, 7))})` : "";
  return `## Plan of ${code(head)}${against}: ${verdictText(view)}`;
}

/** The verdict in a few words; never that it is safe. */
function verdictText(view: PlanView): string {
  const [verdict] = verdictOf(view).slice(-1);
  if (!verdict?.bad) return "nothing dangerous found";
  // Project and environment names in it are the change's own.
  if (verdict.text.startsWith("failed:")) return "some programs fail";
  return verdict.text.replace(/ Nothing was changed\.$/, "").replace(/\.$/, "");
}

function compares(view: PlanView): string {
  return view.base
    ? "This compares two revisions of the programs, not what runs: what was changed by hand in the cloud is not in it."
    : "This lists what the programs declare, not what runs.";
}

function table(view: PlanView): string {
  const rows = inReadingOrder(view.environments).map((environment) => {
    const { counts } = changesIn(environment, view);
    const cells = [counts.create, counts.update, counts.replace, counts.delete, costCell(environment), policyCell(environment)];
    return `| ${code(environment.name)} | ${cells.join(" | ")} |`;
  });
  return [
    "| environment | create | update | replace | delete | cost a month | policy |",
    "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ...rows,
  ].join("\n");
}

function costCell({ review }: PlannedEnvironment): string {
  if (!review) return "not known";
  const { report, delta, over } = review.cost;
  return `${money(report.monthlyUsd)}${delta ? ` (${moneyChange(delta.deltaUsd, "−")})` : ""}${over ? " **over budget**" : ""}`;
}

function policyCell({ review }: PlannedEnvironment): string {
  if (!review) return "not judged";
  const { fresh, older, waived } = review.policy;
  const said = [
    fresh.length > 0 ? `**${fresh.length} new**` : "",
    older.length > 0 ? `${older.length} older` : "",
    waived.length > 0 ? `${waived.length} waived` : "",
  ].filter(Boolean);
  return said.join(", ") || "no violation";
}

function sectionText({ what, environment, lines, open }: Section): string {
  const text = block(lines);
  if (open) return `### ${what[0]!.toUpperCase()}${what.slice(1)} in ${code(environment)}\n\n${text}`;
  return `<details><summary>${htmlCode(environment)}: ${what}</summary>\n\n${text}\n\n</details>`;
}

function leftOut(sections: readonly Section[]): string {
  const named = sections.map(
    ({ what, environment, lines }) => `${what} of ${code(environment)} (${count(lines.length, "line")})`,
  );
  return `Left out, to fit into a comment: ${named.join(", ")}. The command below shows them.`;
}
