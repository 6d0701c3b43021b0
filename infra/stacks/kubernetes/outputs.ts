import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/** The EKS cluster of an environment: ours, or the one that settings name with `provided()`. */
export const kubernetes = stackOutputs(
  "kubernetes",
  z.object({
    clusterName: z.string(),
    clusterArn: z.string(),
    /** HTTPS address of its API. */
    endpoint: z.string(),
    /** Base64. */
    certificateAuthority: z.string(),
    /** The cluster's own security group, which its nodes and so its pods carry. */
    securityGroupId: z.string(),
  }),
);
