import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/**
 * The network of an environment: our own, or the one that settings name with `provided()`. Subnets are in the order of the
 * zones.
 */
export const network = stackOutputs(
  "network",
  z.object({
    vpcId: z.string(),
    /** IPv4 range of the VPC. */
    cidr: z.string(),
    publicSubnetIds: z.array(z.string()),
    /** With a way out through NAT, where there is one. */
    privateSubnetIds: z.array(z.string()),
    /** With no route out. */
    isolatedSubnetIds: z.array(z.string()),
  }),
);
