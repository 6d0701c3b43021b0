import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Secret } from "@fairway/engine";
import platform from "../../../../platform.config.ts";
import { guardedChanges } from "../guarded.ts";
import { reviewOf } from "../review/review.ts";
import { type Made, planOf } from "../testing/plans.ts";
import type { PlanView } from "../view.ts";
import { LONGEST_COMMENT, planComment } from "./comment.ts";

const OPTIONS = { head: "9f31c2e", command: ["npx fairway plan", "--base main", "--full"] };
const BASE = { revision: "main", commit: "4b8d11a7c0ffee" };

function viewOf(made: readonly Made[], change: Partial<PlanView> = {}): PlanView {
  const environments = ["staging", "production"].map((name) => {
    const plan = planOf(made, { stack: name });
    return { name, stacks: [plan], review: reviewOf({ name, platform, stacks: [plan], before: [], today: "2026-11-23" }) };
  });
  const guarded = guardedChanges(
    environments.flatMap(({ stacks }) => stacks),
    [],
  );
  return { base: BASE, environments, guarded, strict: true, ...change };
}

const comment = (made: readonly Made[], change?: Partial<PlanView>) => planComment(viewOf(made, change), OPTIONS);

const key: Made = { type: "aws:kms/key:Key", name: "data", inputs: { enableKeyRotation: true, tags: { team: "platform" } } };
const lost: Made = {
  ...key,
  step: { op: "delete", guarded: "data", why: "delete because the program does not declare it any more" },
};

describe("a comment on a pull request", () => {
  test("begins with the verdict, then says what it compares and counts by environment, the last first", () => {
    const lines = comment([{ ...key, step: { op: "update" } }]).split("\n");
    expect(lines[0]).toMatch(/^## Plan of `9f31c2e` against `main` \(`4b8d11a`\): /);
    expect(lines[2]).toMatch(/compares two revisions of the programs, not what runs/);
    expect(
      lines
        .filter((line) => line.startsWith("| `"))
        .map((line) =>
          line
            .split("|")
            .slice(1, 6)
            .map((cell) => cell.trim()),
        ),
    ).toEqual([
      ["`production`", "0", "1", "0", "0"],
      ["`staging`", "0", "1", "0", "0"],
    ]);
  });

  test("says that nothing dangerous was found, never that it is safe", () => {
    const text = comment([], { environments: [] });
    expect(text).toMatch(/: nothing dangerous found$/m);
    expect(text).not.toMatch(/safe/i);
  });

  test("shows dangerous things open and the rest folded", () => {
    const [open = "", ...folded] = comment([lost, { type: "aws:iam/role:Role", name: "task", step: { op: "update" } }]).split(
      "<details>",
    );
    expect(open).toMatch(/### Dangerous changes in `production`[^]*aws:kms\/key:Key {2}data[^]*--allow shop::data/);
    expect(open).toMatch(/refused \(2 guarded changes/);
    expect(folded.join("")).toMatch(/aws:iam\/role:Role {2}task/);
  });

  test("ends with how to reproduce it", () => {
    expect(comment([])).toMatch(/```sh\nnpx fairway plan --base main --full\n```$/);
  });

  test("never holds a secret", () => {
    const password = "correct horse battery staple";
    const detailedDiff = { password: { kind: "update" as const, replace: false, known: "modelled" as const } };
    const made: Made = {
      type: "x:y:Z",
      name: "db",
      inputs: { password: new Secret(password) },
      step: { op: "update", detailedDiff },
    };
    const text = comment([made]);
    expect(text).toContain("[secret]");
    expect(text).not.toContain(password);
  });
});

/** What GitHub makes of a comment outside of code: mentions, links, images, HTML, references. */
function outsideCode(text: string): string {
  const prose: string[] = [];
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const mark = /^(`{3,})\w*$/.exec(line)?.[1];
    if (fence === undefined && mark) fence = mark;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) prose.push(line.replace(/`[^`]*`/g, "").replace(/<code>[^<]*<\/code>/g, ""));
  }
  expect(fence, "a block of code stays open").toBeUndefined();
  return prose.join("\n").replaceAll(/<\/?(details|summary)>/g, "");
}

describe("whatever a change calls things", () => {
  const hostile = fc.constantFrom(
    "@acme/everyone",
    "<img src=x onerror=alert(1)>",
    "</code></summary></details><script>",
    "[click](https://evil.example)",
    "https://evil.example/x",
    "``` \n# Safe to merge",
    "`@team`",
    "a | b | c",
    "\n\n## Nothing dangerous found\n",
    "\u202egnp.exe",
    "![x](https://evil.example/track.png)",
    "fixes #1",
  );
  const names = fc.oneof(
    hostile,
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.tuple(hostile, fc.string()).map((parts) => parts.join("")),
  );

  test("none of it stands outside of code", () => {
    fc.assert(
      fc.property(names, names, names, (name, value, environment) => {
        const detailedDiff = { tags: { kind: "update" as const, replace: false, known: "modelled" as const } };
        const step = { op: "update" as const, detailedDiff, guarded: "data" as const, why: `because ${value}` };
        const plan = planOf([{ type: "aws:kms/key:Key", name, inputs: { tags: { team: value } }, step }]);
        const text = planComment(
          {
            base: { revision: value, commit: "4b8d11a" },
            environments: [
              { name: environment, stacks: [plan, { ...plan, ok: false, diagnostics: [{ severity: "error", message: value }] }] },
            ],
            guarded: guardedChanges([plan], []),
            strict: true,
          },
          OPTIONS,
        );
        const prose = outsideCode(text);
        expect(prose).not.toMatch(/[<>@]|https?:|\]\(|#\d/);
        expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        expect(prose.match(/^#/gm)?.length).toBe(text.match(/^(##|###) (Plan of|Failures|Dangerous|Policy)/gm)?.length);
      }),
    );
  });
});

describe("however much changes", () => {
  const op = fc.constantFrom("create" as const, "update" as const, "replace" as const, "delete" as const);
  const views = fc.record({
    count: fc.integer({ min: 0, max: 3000 }),
    op,
    guarded: fc.boolean(),
    long: fc.integer({ min: 1, max: 2000 }),
    errors: fc.integer({ min: 0, max: 400 }),
  });

  test("a comment stays under its limit, and says what was left out", () => {
    fc.assert(
      fc.property(views, ({ count, op: kind, guarded, long, errors }) => {
        const made = Array.from({ length: count }, (_, index): Made => ({
          type: "aws:kms/key:Key",
          name: `key-${index}-${"x".repeat(long)}`,
          inputs: {},
          step: { op: kind, ...(guarded ? { guarded: "data" } : {}), why: "w".repeat(long) },
        }));
        const plan = planOf(made);
        const diagnostics = Array.from({ length: errors }, () => ({ severity: "error" as const, message: "e".repeat(long) }));
        const text = planComment(
          {
            base: BASE,
            environments: ["dev", "staging", "production", "shared"].map((name) => ({
              name,
              stacks: [plan, { ...plan, steps: [], ok: errors === 0, diagnostics }],
            })),
            guarded: plan.steps
              .filter((step) => step.guarded)
              .map(({ urn }) => ({ environment: "production", project: "shop", urn, allow: "shop::x", allowed: false })),
            strict: true,
          },
          OPTIONS,
        );
        expect(text.length).toBeLessThan(LONGEST_COMMENT);
        // A stack that is all new or goes whole is summed up: nothing of it need be left out.
        const summed = kind === "create" || kind === "delete";
        if (count > 2000 && long > 200 && !summed)
          expect(text).toMatch(/Left out, to fit into a comment: |… and \d+ lines? more/);
        expect(text).toContain(OPTIONS.command.join(" "));
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});
