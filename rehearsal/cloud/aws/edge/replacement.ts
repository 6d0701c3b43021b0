import type { PropertyValue } from "@fairway/engine";
import type { Change, Replacements } from "../../models/model.ts";
import { REGION, generallyKnown, read } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const edgeReplacement: Record<string, Replacements> = {
  "aws:lb/loadBalancer:LoadBalancer": {
    source: read("elbv2/load_balancer.go"),
    properties: [REGION, "name", "namePrefix", "internal", "loadBalancerType", "customerOwnedIpv4Pool"],
    sometimes: { subnets: networkLosesSubnet, securityGroups: networkGainsOrLosesSecurity },
  },
  "aws:lb/listener:Listener": { source: read("elbv2/listener.go"), properties: [REGION, "loadBalancerArn"] },
  "aws:lb/listenerRule:ListenerRule": { source: read("elbv2/listener_rule.go"), properties: [REGION, "listenerArn"] },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    source: generallyKnown("elbv2/listener_certificate.go"),
    properties: [REGION, "listenerArn", "certificateArn"],
  },
  "aws:lb/targetGroup:TargetGroup": {
    source: read("elbv2/target_group.go"),
    properties: [REGION, "name", "namePrefix", "port", "protocol", "protocolVersion", "targetType", "vpcId", "ipAddressType"],
  },
  "aws:wafv2/webAcl:WebAcl": { source: generallyKnown("wafv2/web_acl.go"), properties: [REGION, "name", "namePrefix", "scope"] },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    source: generallyKnown("wafv2/web_acl_association.go"),
    properties: [REGION, "resourceArn", "webAclArn"],
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    source: generallyKnown("wafv2/web_acl_logging_configuration.go"),
    properties: [REGION, "resourceArn"],
  },
  "aws:route53/zone:Zone": { source: read("route53/zone.go"), properties: ["name", "delegationSetId"] },
  "aws:route53/record:Record": {
    source: generallyKnown("route53/record.go"),
    properties: ["name", "type", "zoneId", "setIdentifier"],
  },
  "aws:route53/healthCheck:HealthCheck": {
    source: read("route53/health_check.go"),
    properties: ["type", "requestInterval", "measureLatency", "referenceName", "routingControlArn"],
  },
};

/** A network load balancer may gain subnets, but not lose one. */
function networkLosesSubnet({ oldValue, newValue, newInputs }: Change): boolean {
  if (newInputs.loadBalancerType !== "network" || !Array.isArray(oldValue) || !Array.isArray(newValue)) return false;
  return oldValue.some((subnet) => !newValue.includes(subnet));
}

/** A network load balancer that was made without security groups can't get its first, nor lose its last. */
function networkGainsOrLosesSecurity({ oldValue, newValue, newInputs }: Change): boolean {
  const count = (value: PropertyValue | undefined) => (Array.isArray(value) ? value.length : 0);
  return newInputs.loadBalancerType === "network" && (count(oldValue) === 0) !== (count(newValue) === 0);
}
