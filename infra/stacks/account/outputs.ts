import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/** The foundations of the account in which an environment lives. Roles and boundary are named by settings; see `ciRole`. */
export const account = stackOutputs(
  "account",
  z.object({
    /** ARN of the key that encrypts the environment's data: databases, tables, queues, buckets, secrets, logs. */
    dataKeyArn: z.string(),
    /** ARN of the topic that the budget and the cost-anomaly monitor write to. */
    costTopicArn: z.string(),
  }),
);
