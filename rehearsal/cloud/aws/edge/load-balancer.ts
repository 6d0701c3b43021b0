import type { PropertyMap } from "@fairway/engine";
import type { Fail, Made, Making, Model } from "../../models/model.ts";
import { all, between, oneOf, text, unordered } from "../../rules/text.ts";
import { arn, text as textOf } from "../names.ts";
import { APPLICATION_ZONES } from "./hosted-zones.ts";
import { loadBalancerName } from "./rules.ts";

const KINDS: Record<string, string> = { application: "app", network: "net", gateway: "gwy" };

/** The load balancer itself. Limits: Elastic Load Balancing API reference, CreateLoadBalancer and LoadBalancerAttribute. */
export const loadBalancerModel: Model = {
  type: "aws:lb/loadBalancer:LoadBalancer",
  guarded: "foundation",
  autoName: { property: "name", max: 32 },
  defaults: { internal: false, loadBalancerType: "application", enableDeletionProtection: false, idleTimeout: 60 },
  rules: {
    name: all(loadBalancerName, (name) =>
      String(name).startsWith("internal-")
        ? `"${String(name)}" begins with internal-, which AWS keeps. Choose another beginning.`
        : undefined,
    ),
    namePrefix: text({ max: 6, pattern: /^[A-Za-z0-9][A-Za-z0-9-]*$/, allowed: "letters, digits and hyphens" }),
    loadBalancerType: oneOf(...Object.keys(KINDS)),
    idleTimeout: between(1, 4000, "seconds"),
    clientKeepAlive: between(60, 604_800, "seconds"),
    desyncMitigationMode: oneOf("monitor", "defensive", "strictest"),
    ipAddressType: oneOf("ipv4", "dualstack", "dualstack-without-public-ipv4"),
    xffHeaderProcessingMode: oneOf("append", "preserve", "remove"),
  },
  validate: placement,
  same: { subnets: unordered, securityGroups: unordered },
  id: loadBalancerArn,
  outputs: (made) => {
    const name = textOf(made.inputs, "name");
    const scheme = made.inputs.internal === true ? "internal-" : "";
    return {
      arn: made.id,
      arnSuffix: made.id.slice(made.id.indexOf("loadbalancer/") + "loadbalancer/".length),
      dnsName: `${scheme}${name}-${1_000_000_000 + made.number("dns", 1_000_000_000)}.${made.place.region}.elb.${made.place.dnsSuffix}`,
      ipAddressType: made.inputs.ipAddressType ?? "ipv4",
      // vpcId is left out: it is the subnets', which a function of the inputs can't know.
      zoneId: APPLICATION_ZONES[made.place.region] ?? zoneOf(made),
    };
  },
};

function loadBalancerArn(making: Making): string {
  const kind = KINDS[textOf(making.inputs, "loadBalancerType")] ?? "app";
  return arn(
    making.place,
    "elasticloadbalancing",
    `loadbalancer/${kind}/${textOf(making.inputs, "name")}/${making.hex("load balancer", 16)}`,
  );
}

function zoneOf(made: Made): string {
  return `Z${made.hex("zone", 13).toUpperCase()}`;
}

function placement(inputs: PropertyMap, fail: Fail): void {
  const { subnets, subnetMappings } = inputs;
  if ((subnets === undefined) === (subnetMappings === undefined)) {
    fail("subnets", "exactly one of subnets and subnetMappings is needed. Set one.");
  }
  const given = subnets ?? subnetMappings;
  if (inputs.loadBalancerType === "application" && Array.isArray(given)) {
    if (given.length < 2)
      fail("subnets", `an application load balancer needs subnets in two zones at least, ${given.length} given. Add one.`);
    const ids = given.filter((id) => typeof id === "string");
    if (new Set(ids).size < ids.length) fail("subnets", "the same subnet is given twice. Give one subnet a zone.");
  }
  const { accessLogs } = inputs;
  if (
    typeof accessLogs === "object" &&
    accessLogs !== null &&
    "enabled" in accessLogs &&
    accessLogs.enabled === true &&
    !("bucket" in accessLogs)
  ) {
    fail("accessLogs.bucket", "is required. Set it to a bucket that load balancers may write to.");
  }
}
