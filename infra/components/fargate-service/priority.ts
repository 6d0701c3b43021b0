import { createHash } from "node:crypto";
import type { HttpContract } from "@fairway/service";

/** A service as far as the order of listener rules goes. */
export interface Routed {
  name: string;
  http: Pick<HttpContract, "paths" | "hosts">;
  /** Set by hand in the service's program, instead of the one made from its name. */
  priority?: number;
}

/** Priorities run from 1 to 50,000 (ALB quotas, 2026-09). Those below 100 are the edge's own. */
const SPECIFIC = { from: 100, count: 39_900 };
/** Rules that take everything of a host, or of all, come after those that ask for a path. */
const CATCH_ALL = { from: 40_000, count: 10_001 };

/**
 * The priority of a service's listener rule, made from its name: it needs no list of services, and adding one moves no other.
 *
 * Among rules that ask for a path the order is arbitrary. Services whose paths overlap set `priority` by hand. So do two that get
 * the same: with 100 services that happens to one fork in eight, and a policy on every plan refuses it (`listenerRuleProblems`).
 */
export function listenerPriority({ name, http, priority }: Routed): number {
  if (priority !== undefined) return priority;
  const takesAll = !http.paths || http.paths.some((path) => path === "*" || path === "/*");
  const { from, count } = takesAll ? CATCH_ALL : SPECIFIC;
  return from + (createHash("sha256").update(name).digest().readUInt32BE(0) % count);
}
