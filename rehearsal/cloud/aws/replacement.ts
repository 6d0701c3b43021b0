import type { Replacements } from "../models/model.ts";
import { accountReplacement } from "./accounts/replacement.ts";
import { certificateReplacement } from "./certificates/replacement.ts";
import { computeReplacement } from "./compute/replacement.ts";
import { containerReplacement } from "./containers/replacement.ts";
import { edgeReplacement } from "./edge/replacement.ts";
import { identityReplacement } from "./identity/replacement.ts";
import { kubernetesReplacement } from "./kubernetes/replacement.ts";
import { messagingReplacement } from "./messaging/replacement.ts";
import { networkReplacement } from "./network/replacement.ts";
import { observabilityReplacement } from "./observability/replacement.ts";
import { storageReplacement } from "./storage/replacement.ts";
import { tableReplacement } from "./tables/replacement.ts";

/**
 * What forces replacement, by type: the properties whose change makes a new resource, and where that is known from.
 *
 * Cross-checked with AWS's CloudFormation specification in replacement.test.ts; a property that is not here changes in place.
 */
export const replacementTable: Record<string, Replacements> = {
  ...networkReplacement,
  ...edgeReplacement,
  ...computeReplacement,
  ...kubernetesReplacement,
  ...identityReplacement,
  ...accountReplacement,
  ...storageReplacement,
  ...observabilityReplacement,
  ...messagingReplacement,
  ...certificateReplacement,
  ...containerReplacement,
  ...tableReplacement,
};
