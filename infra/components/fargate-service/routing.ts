import { type HttpContract, seconds } from "@fairway/service";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Entrance, Step } from "./args.ts";
import { listenerPriority } from "./priority.ts";

/** How the load balancer reaches a service. */
export interface Routing {
  targetGroup: aws.lb.TargetGroup;
  rule: aws.lb.ListenerRule;
}

export function createRouting({ name, parent, args }: Step, entrance: pulumi.Output<Entrance>): Routing {
  const { contract, tags, transform } = args;
  const { http } = contract;
  const targetGroup = createTargetGroup();
  return { targetGroup, rule: createRule() };

  function createTargetGroup() {
    const wanted: aws.lb.TargetGroupArgs = {
      vpcId: args.network.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      port: http.port,
      deregistrationDelay: Math.ceil(seconds(http.drain)),
      healthCheck: {
        path: http.healthPath,
        matcher: "200-299",
        interval: 5, // seconds; the least that ALB takes
        timeout: 2,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
      tags,
    };
    // Without a name of ours: a target group in use can only be replaced by one of another name.
    return new aws.lb.TargetGroup(name, transform?.targetGroup?.(wanted) ?? wanted, { parent });
  }

  function createRule() {
    const wanted: aws.lb.ListenerRuleArgs = {
      listenerArn: entrance.listenerArn,
      priority: listenerPriority({ name: contract.name, http, priority: args.priority }),
      conditions: entrance.host.apply((host) => ruleConditions(contract.name, http, host)),
      actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      tags,
    };
    return new aws.lb.ListenerRule(name, transform?.listenerRule?.(wanted) ?? wanted, { parent });
  }
}

/**
 * The conditions of a service's listener rule: its host names below the edge's, and its paths.
 *
 * @throws when there are none, or more than a rule takes
 */
export function ruleConditions(service: string, http: Pick<HttpContract, "paths" | "hosts">, edgeHost: string) {
  const hosts = (http.hosts ?? []).map((host) => `${host}.${edgeHost}`);
  const paths = http.paths ?? [];
  const total = hosts.length + paths.length;
  if (total === 0) {
    throw new Error(
      `service "${service}" has neither paths nor hosts, so no request would reach it. Give \`http.paths\` in its service.ts.`,
    );
  }
  if (total > 5) {
    throw new Error(
      `service "${service}" has ${total} paths and hosts; a listener rule takes 5 (ALB quotas, 2026-09). ` +
        `Join paths with a wildcard, for example /${service}/*.`,
    );
  }
  return [
    ...(hosts.length > 0 ? [{ hostHeader: { values: hosts } }] : []),
    ...(paths.length > 0 ? [{ pathPattern: { values: paths } }] : []),
  ];
}

/** Where the service answers, without wildcards: the first host and path. */
export function serviceUrl(http: Pick<HttpContract, "paths" | "hosts">, edgeHost: string): string {
  const host = http.hosts?.[0] ? `${http.hosts[0]}.${edgeHost}` : edgeHost;
  const path = (http.paths?.[0] ?? "/").replace(/\*.*$/, "");
  return `https://${host}${path}`;
}
