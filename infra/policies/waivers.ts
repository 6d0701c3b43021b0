import type { Waiver } from "./types.ts";

/**
 * Every exception from a policy. An expired or unneeded one fails pull requests, never a release or a rollback.
 *
 * @example
 * {
 *   policy: "log-retention",
 *   resource: "network::network-flow-logs",
 *   reason: "The auditor wants the flow logs of the migration for good; they move to S3 by March.",
 *   owner: "platform",
 *   expires: "2027-03-31",
 * }
 */
export const waivers: readonly Waiver[] = [];
