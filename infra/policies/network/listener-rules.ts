import { listenerRuleProblems } from "@fairway/resources";
import type { Policy } from "../types.ts";

export const listenerRules: Policy = {
  name: "listener-rules",
  title: "No two listener rules have one priority, and a load balancer has at most a hundred",
  why: "No program sees another's rules, so AWS refuses the later one in the middle of its update.",
  fix: "Set `priority` in the newer service's infra/index.ts, or join services' paths or hosts into fewer rules.",
  severity: "mandatory",
  check: ({ resources }) => listenerRuleProblems(resources),
};
