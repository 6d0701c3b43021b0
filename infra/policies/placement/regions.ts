import type { PlannedResource } from "@fairway/resources";
import { METRIC_ALARM } from "../observability/alarms.ts";
import { map, maps, text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

/** Where AWS keeps what belongs to no region. */
const GLOBAL = "us-east-1";

/** Namespaces whose metrics are in us-east-1 alone (Route 53, CloudFront and Billing user guides, 2026-09), and topics' own. */
const WATCHED_THERE = ["AWS/Route53", "AWS/CloudFront", "AWS/Billing", "AWS/SNS"];

/** What an alarm there needs there: alarms notify topics of their own region only, and a topic's key is in the topic's. */
const ALERTING = /^aws:(sns\/|kms\/(key|alias):|cloudwatch\/(compositeAlarm|eventRule|eventTarget):)/;

export const regions: Policy = {
  name: "regions",
  title: "Everything is in its environment's region",
  why: "What is elsewhere is outside the network, its data may be outside the law that holds for it, and nobody looks for it there.",
  fix: "Leave `region` out: the provider takes the environment's. Only alarms on what AWS reports in us-east-1, and what they notify, may be there.",
  severity: "mandatory",
  check: (plan) => {
    const here = plan.scope.region;
    return plan.resources.flatMap((resource) => {
      const region = regionOf(resource);
      if (resource.external || region === undefined || region === here) return [];
      if (region === GLOBAL && isAlerting(resource)) return [];
      return [{ resource, message: `it is in ${region}, and ${plan.scope.name} in ${here}` }];
    });
  },
};

function isAlerting(resource: PlannedResource): boolean {
  if (resource.type !== METRIC_ALARM) return ALERTING.test(resource.type);
  const { namespace, metricQueries } = resource.inputs;
  // What it watches may be known only later; where it is can be judged then.
  if (unknown(resource, "namespace", "metricQueries")) return true;
  const namespaces = [namespace, ...maps(metricQueries).map(({ metric }) => map(metric)?.namespace)];
  return namespaces.some((each) => WATCHED_THERE.includes(text(each) ?? ""));
}

/** Its own, or that of its zone. */
function regionOf({ type, inputs, outputs }: PlannedResource): string | undefined {
  if (!type.startsWith("aws:")) return undefined;
  return text(inputs.region) ?? text(outputs.region) ?? text(inputs.availabilityZone)?.replace(/[a-z]$/, "");
}
