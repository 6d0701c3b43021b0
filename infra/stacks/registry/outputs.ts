import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/**
 * The image registry and the table of deployment records. Environments do not read this stack: it is in another account and
 * backend, so its addresses follow from settings (`repositoryUrl`, `recordTable`).
 */
export const registry = stackOutputs(
  "registry",
  z.object({
    /** Address by service, without tag or digest. */
    repositories: z.record(z.string(), z.string()),
    recordTableArn: z.string(),
  }),
);
