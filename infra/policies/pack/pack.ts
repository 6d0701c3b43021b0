import { type Platform, scopeOf } from "@fairway/settings";
import { PolicyPack, type StackValidationArgs, type StackValidationPolicy } from "@pulumi/policy";
import { covers } from "../check/waivers.ts";
import { policies } from "../list.ts";
import { type Plan, planOf } from "../reading/plan.ts";
import type { Policy, Waiver } from "../types.ts";
import { resourceOf } from "./resource.ts";

/**
 * Serves the policies to Pulumi's CLI. It binds a port and prints it: that is how the CLI finds it.
 *
 * @param waivers cover what they name whatever the day is: an update must not fail because a date has passed
 */
export function servePack(platform: Platform, waivers: readonly Waiver[]): PolicyPack {
  return new PolicyPack("fairway", {
    displayName: `Policies of ${platform.name}`,
    policies: policies.map((policy) => packed(policy, platform, waivers)),
  });
}

/** A policy as the CLI takes it. */
export function packed(policy: Policy, platform: Platform, waivers: readonly Waiver[]): StackValidationPolicy {
  const { name, title, why, fix, severity, acrossStacks } = policy;
  return {
    name,
    displayName: title,
    description: `${title}. ${why}`,
    remediationSteps: fix,
    // The CLI shows one stack at a time: what another one may explain is told, not refused.
    enforcementLevel: acrossStacks ? "advisory" : severity,
    validateStack(args, report) {
      const plan = planFor(args, platform);
      if (plan === undefined) return;
      for (const { resource, message } of policy.check(plan)) {
        const isWaived = waivers.some((waiver) => waiver.policy === name && covers(waiver, resource));
        if (!isWaived) report(`${message}. ${fix}`, resource.urn);
      }
    },
  };
}

/** The stack that the CLI shows; undefined when there is nothing of ours in it. */
function planFor(args: StackValidationArgs, platform: Platform): Plan | undefined {
  const resources = args.resources.flatMap((resource) => resourceOf(resource) ?? []);
  const [first] = resources;
  return first && planOf(resources, platform, scopeOf(platform, first.stack));
}
