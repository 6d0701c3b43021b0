import type { PolicyDocument } from "./types.ts";

/** Most characters of a policy, white space not counted (IAM user guide, "IAM and AWS STS quotas", 2026-09). */
export const POLICY_LIMITS = {
  /** All inline policies of a role together. */
  "role policies": 10_240,
  "managed policy": 6144,
  /** Default; up to 4,096 on request. */
  "trust policy": 2048,
} as const;

export type PolicyKind = keyof typeof POLICY_LIMITS;

/** Characters of policies as IAM counts them. */
export function policySize(...documents: (PolicyDocument | string)[]): number {
  const texts = documents.map((document) => (typeof document === "string" ? document : JSON.stringify(document)));
  return texts.reduce((sum, text) => sum + text.replace(/\s/g, "").length, 0);
}

/**
 * Refuses policies that IAM would refuse, while they are planned.
 *
 * @param owner whose they are, for the message: `role catalog-task`
 * @param documents for "role policies" all inline policies of the role, else one
 * @throws with size, limit and what to do
 */
export function assertFits(kind: PolicyKind, owner: string, ...documents: (PolicyDocument | string)[]): void {
  const size = policySize(...documents);
  const limit = POLICY_LIMITS[kind];
  if (size <= limit) return;
  throw new Error(
    `${owner}: ${kind} of ${size} characters without white space, where IAM takes ${limit}. ` +
      `Name resources by pattern, join statements that differ only in resources, or move some into a managed policy.`,
  );
}
