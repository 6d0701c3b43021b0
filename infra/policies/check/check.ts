import type { PlannedResource } from "@fairway/resources";
import type { Platform, Scope } from "@fairway/settings";
import { policies as ours } from "../list.ts";
import { found, secret } from "../reading/values.ts";
import { planOf } from "../reading/plan.ts";
import type { Policy, PolicyReport, Violation, Waiver } from "../types.ts";
import { covers, refuseWrongWaivers } from "./waivers.ts";

/** What is judged, and what is excepted. */
export interface Examination {
  /** Of all projects of one environment, or of what environments share. */
  resources: readonly PlannedResource[];
  platform: Platform;
  scope: Scope;
  waivers: readonly Waiver[];
  /** As YYYY-MM-DD, for which waivers have expired. */
  today: string;
  /** @default all of ours */
  policies?: readonly Policy[];
}

/**
 * Judges an environment by every policy.
 *
 * A waiver covers what it names even after its last day: a rollback must not fail because a date has passed. That it has expired is
 * reported, and fails pull requests: see `failing`.
 *
 * @throws WaiverError naming everything that is wrong with the waivers
 */
export function checkPolicies(examination: Examination): PolicyReport {
  const { resources, platform, scope, waivers, today, policies = ours } = examination;
  refuseWrongWaivers(waivers, { policies, platform, today });
  const plan = planOf(resources, platform, scope);
  const used = new Set<Waiver>();
  const violations = policies.flatMap((policy) =>
    policy.check(plan).map(({ resource, message: written }): Violation => {
      const message = redacted(written, resource);
      const { urn, project, stack, type, name, known } = resource;
      const waived = waivers.find((waiver) => waiver.policy === policy.name && covers(waiver, resource));
      if (waived) used.add(waived);
      const { severity } = policy;
      return { policy: policy.name, severity, urn, project, stack, type, name, message, known, ...(waived ? { waived } : {}) };
    }),
  );
  return {
    scope: scope.name,
    violations,
    waivers: {
      expired: [...used].filter(({ expires }) => expires < today),
      unused: waivers.filter((waiver) => !used.has(waiver)),
    },
  };
}

/** Messages quote values. One that holds a secret of the resource is told without it. */
function redacted(message: string, { inputs, secrets }: PlannedResource): string {
  if (secrets.length === 0) return message;
  const values = found(inputs, (text) => text || undefined).filter(({ path }) => secret({ secrets }, path));
  // The longest first: one may be part of another. Very short ones are words of the message itself.
  const texts = [...new Set(values.map(({ what }) => what))]
    .filter(({ length }) => length > 3)
    .sort((a, b) => b.length - a.length);
  return texts.reduce((told, text) => told.replaceAll(text, "[secret]"), message);
}
