import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancer } from "./load-balancer.ts";

/** Arguments of {@link AliasNames}. */
export interface AliasNamesArgs {
  /** Host name; every name one level below it leads to the same place. */
  host: string;
  /** Hosted zone that holds the name. */
  zoneId: pulumi.Input<string>;
  loadBalancer: Pick<LoadBalancer, "dnsName" | "zoneId">;
  /** Last word on each child's arguments. */
  transform?: { record?: (args: aws.route53.RecordArgs) => aws.route53.RecordArgs };
}

/**
 * The names of a load balancer: a host and everything one level below it, as alias records.
 *
 * Cost: nothing; queries to aliases of load balancers are free.
 */
export class AliasNames extends pulumi.ComponentResource {
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { host: aws.route53.Record; below: aws.route53.Record };

  constructor(name: string, args: AliasNamesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:AliasNames", name, {}, opts);
    const parent = this;

    this.nodes = { host: createRecord(name, args.host), below: createRecord(`${name}-below`, `*.${args.host}`) };
    this.registerOutputs({});

    function createRecord(child: string, host: string) {
      const wanted: aws.route53.RecordArgs = {
        zoneId: args.zoneId,
        name: host,
        type: "A",
        aliases: [{ name: args.loadBalancer.dnsName, zoneId: args.loadBalancer.zoneId, evaluateTargetHealth: true }],
      };
      return new aws.route53.Record(child, args.transform?.record?.(wanted) ?? wanted, { parent });
    }
  }
}
