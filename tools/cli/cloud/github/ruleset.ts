import { different, MISSING, RIGHT, type Standing, type Step } from "../steps.ts";
import type { GitHub } from "./api.ts";
import { MAIN } from "./wanted.ts";

/** Name of the ruleset that is ours. Others may stand beside it: GitHub applies the strictest of all. */
export const RULESET = "fairway: main";

interface Ruleset {
  id: number;
  name: string;
  enforcement: string;
  bypass_actors?: readonly unknown[];
  conditions?: { ref_name?: { include: readonly string[]; exclude: readonly string[] } };
  rules?: readonly Rule[];
}

interface Rule {
  type: string;
  parameters?: Record<string, unknown>;
}

/** What main must be protected by, at least. */
function wantedRules(checks: readonly string[]): Rule[] {
  const status = {
    type: "required_status_checks",
    parameters: {
      strict_required_status_checks_policy: true,
      required_status_checks: checks.map((context) => ({ context })),
    },
  };
  return [
    { type: "deletion" },
    { type: "non_fast_forward" },
    {
      type: "pull_request",
      parameters: {
        required_approving_review_count: 1,
        dismiss_stale_reviews_on_push: true,
        require_code_owner_review: true,
        require_last_push_approval: true,
        required_review_thread_resolution: false,
      },
    },
    ...(checks.length > 0 ? [status] : []),
  ];
}

/**
 * main takes only pull requests that a code owner reviewed and whose checks pass; nobody pushes over it or deletes it.
 *
 * @param checks names of status checks, as they appear on a pull request; one that never reports would block every merge
 */
export function rulesetStep(github: GitHub, repository: string, checks: readonly string[]): Step {
  const path = `${repository}/rulesets`;
  const wanted = wantedRules(checks);

  return { name: `protection of ${MAIN}`, look, make };

  async function look(): Promise<Standing> {
    const present = await find();
    if (!present) return MISSING;
    const wrong = problems(present);
    return wrong.length === 0 ? RIGHT : different(wrong.join("; "));
  }

  function problems(present: Ruleset): string[] {
    const lax = wanted.filter((rule) => !isAsStrict(ruleOf(present, rule.type), rule)).map(({ type }) => type);
    return [
      ...(present.enforcement === "active" ? [] : [`is ${present.enforcement}`]),
      ...(protectsMain(present) ? [] : [`does not apply to ${MAIN}`]),
      ...(lax.length === 0 ? [] : [`lacks or weakens ${lax.join(", ")}`]),
    ];
  }

  async function make() {
    const present = await find();
    const added = wanted.filter((rule) => !present || !isAsStrict(ruleOf(present, rule.type), rule));
    const others = (present?.rules ?? []).filter(({ type }) => !added.some((rule) => rule.type === type));
    const body = {
      name: RULESET,
      target: "branch",
      enforcement: "active",
      bypass_actors: present?.bypass_actors ?? [],
      conditions: { ref_name: { include: [`refs/heads/${MAIN}`], exclude: [] } },
      rules: [...others, ...added.map((rule) => stricter(present && ruleOf(present, rule.type), rule))],
    };
    if (present) await github.send("PUT", `${path}/${present.id}`, body);
    else await github.send("POST", path, body);
  }

  async function find(): Promise<Ruleset | undefined> {
    const all = await github.get<readonly Ruleset[]>(`${path}?per_page=100&includes_parents=false`);
    const ours = all?.find(({ name }) => name === RULESET);
    return ours && github.get<Ruleset>(`${path}/${ours.id}`);
  }
}

function ruleOf({ rules = [] }: Ruleset, type: string): Rule | undefined {
  return rules.find((rule) => rule.type === type);
}

function protectsMain({ conditions }: Ruleset): boolean {
  const { include = [], exclude = [] } = conditions?.ref_name ?? {};
  const names = [`refs/heads/${MAIN}`, "~DEFAULT_BRANCH", "~ALL"];
  return include.some((name) => names.includes(name)) && !exclude.some((name) => names.includes(name));
}

/** Numbers at least as high, switches on where wanted on, lists with everything that is wanted. */
function isAsStrict(present: Rule | undefined, { parameters = {} }: Rule): boolean {
  if (!present) return false;
  return Object.entries(parameters).every(([name, value]) => {
    const found = present.parameters?.[name];
    if (typeof value === "number") return typeof found === "number" && found >= value;
    if (Array.isArray(value)) return contexts(value).every((context) => contexts(found).includes(context));
    return value === false || found === value;
  });
}

/** Both rules' demands together. */
function stricter(present: Rule | undefined, { type, parameters }: Rule): Rule {
  if (!parameters) return { type };
  const merged = Object.entries(parameters).map(([name, value]): [string, unknown] => {
    const found = present?.parameters?.[name];
    if (typeof value === "number") return [name, typeof found === "number" ? Math.max(found, value) : value];
    if (Array.isArray(value)) {
      const present = Array.isArray(found) ? found : [];
      return [name, [...present, ...value.filter((each: { context: string }) => !contexts(present).includes(each.context))]];
    }
    return [name, value || found === true];
  });
  return { type, parameters: { ...present?.parameters, ...Object.fromEntries(merged) } };
}

function contexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map((each: { context: string }) => each.context) : [];
}
