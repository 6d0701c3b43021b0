import { type AccessChange, describeGrant, type Grant } from "@fairway/iam";
import type { Violation } from "@fairway/policies";
import type { Style } from "../../terminal/style.ts";
import { shortType } from "../changes.ts";
import { costBasis, itemChanges, itemText, overText } from "../review/cost-text.ts";
import type { AccessReview, CostReview, EnvironmentReview } from "../review/review.ts";
import type { PolicyReview } from "../review/policies.ts";
import { count, money, moneyChange, wrap } from "./text.ts";

/** Lines of one kind that are shown before the rest is only counted. */
const SHOWN = 8;

const LABEL = 13; // columns of `    policy   `

/** Policy, access and cost of an environment. What breaks a rule or a budget is marked and comes first. */
export function reviewLines({ policy, access, cost }: EnvironmentReview, style: Style, full: boolean): string[] {
  return [...policyLines(policy, style, full), ...accessLines(access, style, full), ...costLines(cost, style, full)];
}

/** What is not guarded any more: dangerous like a guarded change, since what deletes it next asks nobody. */
export function protectionLines(review: EnvironmentReview | undefined, { colors, glyphs }: Style): string[] {
  return (review?.protection ?? []).flatMap(({ project, type, name, options }) => [
    `  ${colors.red("!")} ~ ${project}  ${type}  ${name}`,
    ...options.map((option) => `        ${option}  true ${glyphs.arrow} false: its deletion needs no leave for this any more`),
  ]);
}

export function policyLines({ fresh, older, waived, mended }: PolicyReview, style: Style, full: boolean): string[] {
  const { colors } = style;
  const said = [
    fresh.length > 0 ? count(fresh.length, older.length > 0 ? "new violation" : "violation") : "",
    older.length > 0 ? `${older.length} older` : "",
    waived.length > 0 ? `${waived.length} waived` : "",
    mended > 0 ? `${mended} mended` : "",
  ].filter(Boolean);
  if (said.length === 0) return [label("policy", "no violation")];
  const mark = [...fresh, ...older].some(({ severity }) => severity === "mandatory") ? colors.red("!") : " ";
  return [
    `${label("policy", said.join(", "), mark)}`,
    ...limited([...fresh, ...older], full, (violation) => violationText(violation)),
    ...(full
      ? waived.map((violation) => `      waived until ${violation.waived?.expires}: ${violationText(violation).trim()}`)
      : []),
  ];
}

function violationText({ policy, severity, type, project, name, message, known }: Violation): string {
  return `      ${policy}${severity === "advisory" ? " (advice)" : ""}  ${project} ${shortType(type)} ${name}: ${message}  [${known}]`;
}

export function accessLines({ grants, changes }: AccessReview, style: Style, full: boolean): string[] {
  if (!changes) {
    const principals = new Set(grants.map(({ principal, project }) => `${project} ${principal}`)).size;
    const summary = label(
      "access",
      `${count(grants.length, "grant")} to ${count(principals, "principal")}${full ? "" : " (--full lists them)"}`,
    );
    return [summary, ...(full ? grants.map((grant) => grantText(" ", grant)) : [])];
  }
  const narrow = changes.map(narrowed);
  const all = narrow.flatMap(({ added, removed }) => [
    ...added.map((grant) => grantText("+", grant)),
    ...removed.map((grant) => grantText(style.glyphs.minus, grant)),
  ]);
  if (all.length === 0) return [];
  const [gained, lost] = [narrow.flatMap(({ added }) => added).length, narrow.flatMap(({ removed }) => removed).length];
  return [label("access", `+ ${gained} ${style.glyphs.minus} ${lost}`), ...limited(all, full, (text) => text)];
}

/** Where a statement only gains or loses actions, those: the rest of it says nothing new. */
function narrowed({ added, removed, ...change }: AccessChange): AccessChange {
  const shortened = (grants: readonly Grant[], others: readonly Grant[]) =>
    grants.flatMap((grant) => {
      const same = others.filter((each) => whatFor(each) === whatFor(grant)).flatMap((each) => each.actions);
      if (same.length === 0 || grant.except) return [grant];
      const actions = grant.actions.filter((action) => !same.includes(action));
      return actions.length === 0 ? [] : [{ ...grant, actions }];
    });
  return { ...change, added: shortened(added, removed), removed: shortened(removed, added) };
}

function whatFor({ effect, resources, except, condition, known }: Grant): string {
  return JSON.stringify([effect, resources, except, condition, known === "unknown"]);
}

function grantText(sign: string, grant: Grant): string {
  return `      ${grant.project} ${grant.principal}  ${sign} ${describeGrant(grant)}  [${grant.known}]`;
}

export function costLines(cost: CostReview, { glyphs, colors, width }: Style, full: boolean): string[] {
  const { report, delta } = cost;
  const over = overText(cost);
  const lines = over ? [label("budget", over, colors.red("!"))] : [];
  const indented = " ".repeat(LABEL);
  if (delta) {
    const items = itemChanges(delta.changes);
    const shown = full ? items : items.slice(0, SHOWN);
    if (items.length > 0)
      lines.push(
        wrap(
          label("cost", ""),
          [
            ...shown.map((item) => `${moneyChange(item.deltaUsd, glyphs.minus, true)} ${itemText(item)}`),
            ...(items.length > shown.length ? [`and ${items.length - shown.length} more (--full)`] : []),
          ],
          width,
          "   ",
        ),
        `${indented}${costBasis(cost)}`,
      );
  } else {
    const teams = report.byTeam.filter(({ kind }) => kind === "team");
    const share = ({ name, monthlyUsd }: { name: string; monthlyUsd: number }) => `${name} ${money(monthlyUsd)}`;
    lines.push(
      wrap(label("cost", ""), report.byService.map(share), width),
      ...(teams.length > 0 ? [wrap(`${indented}by team: `, teams.map(share), width)] : []),
      `${indented}${costBasis(cost)}`,
    );
    if (full) for (const line of report.lines) lines.push(`      ${money(line.monthlyUsd, true).padStart(9)}  ${lineText(line)}`);
  }
  if (report.unpriced.length > 0 && (full || !delta))
    lines.push(
      wrap(
        `${indented}not priced: `,
        report.unpriced.map(({ type, count: n, why }) => `${shortType(type)}${n > 1 ? ` ×${n}` : ""} (${why})`),
        width,
      ),
    );
  return lines;
}

function lineText({ item, project, name, quantity, unit, unitPrice, assumption }: CostReview["report"]["lines"][number]): string {
  return `${item} of ${project} ${name}: ${quantity} × $${unitPrice} a ${unit}${assumption ? `, assumed: ${assumption}` : ""}`;
}

function limited<T>(items: readonly T[], full: boolean, text: (item: T) => string): string[] {
  const shown = full ? items : items.slice(0, SHOWN);
  return [...shown.map(text), ...(items.length > shown.length ? [`      and ${items.length - shown.length} more (--full)`] : [])];
}

function label(name: string, text: string, mark = " "): string {
  return `  ${mark} ${name.padEnd(LABEL - 4)}${text}`;
}
