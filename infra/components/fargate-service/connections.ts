import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Entrance, Step } from "./args.ts";

/**
 * A security group for the service's tasks: in, from the load balancer to the one port; out, over HTTPS (images, AWS, other
 * APIs).
 *
 * The load balancer is let out to this port only, so it can reach nothing that did not ask for it. Names are looked up at the
 * VPC's own resolver, which security groups don't filter.
 */
export function createConnections({ name, parent, args }: Step, entrance: pulumi.Output<Entrance>): aws.ec2.SecurityGroup {
  const { port } = args.contract.http;
  const tcp = { ipProtocol: "tcp", fromPort: port, toPort: port, tags: args.tags };
  const group = new aws.ec2.SecurityGroup(
    name,
    { vpcId: args.network.vpcId, description: `Tasks of ${name}`, tags: { ...args.tags, Name: name } },
    { parent },
  );

  new aws.vpc.SecurityGroupIngressRule(
    `${name}-from-edge`,
    {
      ...tcp,
      securityGroupId: group.id,
      referencedSecurityGroupId: entrance.securityGroupId,
      description: `Load balancer to ${name}`,
    },
    { parent },
  );
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-edge-out`,
    {
      ...tcp,
      securityGroupId: entrance.securityGroupId,
      referencedSecurityGroupId: group.id,
      description: `Load balancer to ${name}`,
    },
    { parent },
  );
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-https-out`,
    {
      securityGroupId: group.id,
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description: "HTTPS to AWS and other APIs",
      tags: args.tags,
    },
    { parent },
  );
  return group;
}
