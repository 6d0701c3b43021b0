import { AliasNames, LoadBalancer, LogBucket, OutsideProbe, WebAcl } from "@fairway/components";
import { network as networkOutputs } from "@fairway/network/outputs";
import { environmentDomain, environmentOf, type Platform } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { edge as outputs } from "./outputs.ts";

/** Where traffic enters an environment: a public load balancer behind a firewall and, by setting, an internal one. */
export default function edge(settings: Platform = platform) {
  const environment = environmentOf(settings, pulumi.getStack());
  const { account, protect } = environment;
  const { certificateArn, zoneId, internal: wantsInternal } = environment.edge;
  const host = environmentDomain(settings, environment);
  const network = networkOutputs.read();
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
    });
    new AliasNames("edge-public-names", { host, zoneId, loadBalancer });
    new OutsideProbe("edge-probe", { host, path: "/healthz" });
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

function describe({ arn, arnSuffix, dnsName, zoneId, listenerArn, securityGroupId }: LoadBalancer, host: string) {
  return pulumi.output({ arn, arnSuffix, dnsName, zoneId, listenerArn, securityGroupId, host });
}
