import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/** The catalogue service of an environment. */
export const catalog = stackOutputs(
  "catalog",
  z.object({
    /** Name of the ECS service. */
    serviceName: z.string(),
    /** Where it answers. */
    url: z.string(),
    targetGroupArn: z.string(),
  }),
);
