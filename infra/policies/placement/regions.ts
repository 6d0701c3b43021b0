import type { PlannedResource } from "@fairway/resources";
import { text } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { METRIC_ALARM, watched } from "../observability/alarms.ts";

/** Where AWS keeps what belongs to no region. */
const GLOBAL = "us-east-1";

/** Namespaces whose metrics are in us-east-1 alone (Route 53, CloudFront and Billing user guides, 2026-09). */
const GLOBAL_METRICS = ["AWS/Route53", "AWS/CloudFront", "AWS/Billing"];

/** What an alarm there needs there: it notifies only in its own region, and a topic's key is in the topic's. */
const BESIDE_AN_ALARM =
  /^aws:(sns\/|kms\/|cloudwatch\/compositeAlarm:|cloudwatch\/eventRule:|cloudwatch\/eventTarget:|chatbot\/)/;

export const regions: Policy = {
  name: "regions",
  title: "Everything is in its environment's region",
  why: "What is elsewhere is outside the network, its data may be outside the law that holds for it, and nobody looks for it there.",
  fix: "Leave `region` out: the provider takes the environment's. Where AWS has something only in us-east-1, only alarms on it and what they notify may be there.",
  severity: "mandatory",
  check: (plan) => {
    const here = plan.scope.region;
    const allowedThere = plan
      .of(METRIC_ALARM)
      .filter((alarm) => watched(alarm).some(({ namespace }) => GLOBAL_METRICS.includes(namespace)));
    return plan.resources.flatMap((resource) => {
      const region = regionOf(resource);
      if (resource.external || region === undefined || region === here) return [];
      if (region === GLOBAL && (allowedThere.includes(resource) || (allowedThere.length > 0 && besideAlarm(resource)))) return [];
      return [{ resource, message: `it is in ${region}, and ${plan.scope.name} in ${here}` }];
    });
  },
};

function besideAlarm({ type }: PlannedResource): boolean {
  return BESIDE_AN_ALARM.test(type);
}

/** Its own, or the one that it follows from: a zone's. */
function regionOf({ type, inputs, outputs }: PlannedResource): string | undefined {
  if (!type.startsWith("aws:")) return undefined;
  return text(inputs.region) ?? text(outputs.region) ?? text(inputs.availabilityZone)?.replace(/[a-z]$/, "");
}
