import { alertingBy, AliasNames, checkPlace, LoadBalancer, LogBucket, OutsideProbe, WebAcl } from "@fairway/components";
import { dns as dnsOutputs } from "@fairway/dns/outputs";
import { network as networkOutputs } from "@fairway/network/outputs";
import { observability as observabilityOutputs } from "@fairway/observability/outputs";
import {
  environmentDomain,
  environmentOf,
  isProvided,
  type Platform,
  type ProvidedEdge,
  type ProvidedLoadBalancer,
} from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { edge as outputs } from "./outputs.ts";

/** Where traffic enters an environment: a public load balancer behind a firewall and, by setting, an internal one. */
export default function edge(settings: Platform = platform) {
  const environment = environmentOf(settings, pulumi.getStack());
  checkPlace(environment);
  if (isProvided(environment.edge)) return outputs.produce(describeProvided(environment.edge));

  const { account, protect } = environment;
  const wantsInternal = environment.edge.internal;
  const network = networkOutputs.read();
  const names = dnsOutputs.read();
  const { zoneId } = names;
  const certificateArn = names.certificateArn.apply((arn) => arn ?? refuseUndelegated(environment.name));
  // From settings, as `dns` has it: a description of an alarm and names of records are better known before `dns` is there.
  const host = environmentDomain(settings, environment);
  const config = new pulumi.Config();

  const logs = new LogBucket("edge-logs", {
    account,
    prefixes: wantsInternal ? ["internal", "public"] : ["public"],
    days: config.getNumber("accessLogDays"),
    protect,
  });
  return outputs.produce({ public: createPublic(), internal: wantsInternal ? createInternal() : null });

  function createPublic() {
    const loadBalancer = new LoadBalancer("edge-public", {
      vpcId: network.vpcId,
      subnetIds: network.publicSubnetIds,
      clients: ["0.0.0.0/0"],
      certificateArn,
      accessLogs: { bucket: logs.bucket, prefix: "public" },
      reachabilityPath: "/healthz",
      protect,
    });
    new WebAcl("edge-firewall", {
      resourceArn: loadBalancer.arn,
      logName: `${settings.name}-${environment.name}`,
      mode: config.get<"block" | "count">("firewall", { allowedValues: ["block", "count"] }),
      rateLimit: config.getNumber("rateLimit"),
      logDays: environment.observability.logDays,
    });
    new AliasNames("edge-public-names", { host, zoneId, loadBalancer });
    const alerting = alertingBy(settings, observabilityOutputs.read().globalTopics);
    new OutsideProbe("edge-probe", { host, path: "/healthz", alerting });
    return describe(loadBalancer, host);
  }

  function createInternal() {
    const loadBalancer = new LoadBalancer("edge-internal", {
      vpcId: network.vpcId,
      subnetIds: network.privateSubnetIds,
      internal: true,
      clients: [network.cidr],
      certificateArn,
      accessLogs: { bucket: logs.bucket, prefix: "internal" },
      protect,
    });
    new AliasNames("edge-internal-names", { host: `internal.${host}`, zoneId, loadBalancer });
    return describe(loadBalancer, `internal.${host}`);
  }
}

/** What exists, as our own would be described. */
function describeProvided(given: ProvidedEdge) {
  const one = (balancer: ProvidedLoadBalancer) => ({ ...balancer, arnSuffix: balancer.arn.split(":loadbalancer/").at(-1) ?? "" });
  return { public: one(given.public), internal: given.internal && one(given.internal) };
}

function refuseUndelegated(environment: string): never {
  throw new Error(
    `the certificate of ${environment} is not validated yet, since the zone above does not name this zone's name servers. ` +
      `Write them into platform.config.ts as environments.${environment}.dns.nameServers (\`pulumi stack output nameServers\` in ` +
      `infra/stacks/dns), bring the zone above up to date, then dns, then this stack.`,
  );
}

function describe({ arn, arnSuffix, dnsName, zoneId, listenerArn, securityGroupId }: LoadBalancer, host: string) {
  return pulumi.output({ arn, arnSuffix, dnsName, zoneId, listenerArn, securityGroupId, host });
}
