import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/** The ECS cluster of an environment. */
export const ecs = stackOutputs(
  "ecs",
  z.object({
    clusterArn: z.string(),
    clusterName: z.string(),
    /** Cloud Map namespace in which services find one another. */
    namespaceArn: z.string(),
  }),
);
