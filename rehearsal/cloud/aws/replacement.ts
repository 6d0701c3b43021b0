import type { Replacements } from "../models/model.ts";
import { computeReplacement } from "./compute/replacement.ts";
import { edgeReplacement } from "./edge/replacement.ts";
import { identityReplacement } from "./identity/replacement.ts";
import { networkReplacement } from "./network/replacement.ts";
import { observabilityReplacement } from "./observability/replacement.ts";
import { storageReplacement } from "./storage/replacement.ts";

/**
 * What forces replacement, by type: the properties whose change makes a new resource, and where that is known from.
 *
 * Cross-checked with AWS's CloudFormation specification in replacement.test.ts; a property that is not here changes in place.
 */
export const replacementTable: Record<string, Replacements> = {
  ...networkReplacement,
  ...edgeReplacement,
  ...computeReplacement,
  ...identityReplacement,
  ...storageReplacement,
  ...observabilityReplacement,
};
