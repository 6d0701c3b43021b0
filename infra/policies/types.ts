import type { PlannedResource } from "@fairway/resources";
import type { Plan } from "./reading/plan.ts";

/** A rule that every resource of an environment must satisfy. One file each, listed in list.ts. */
export interface Policy {
  /** In kebab-case: what a waiver and a report call it. */
  name: string;
  /** What must hold, as a sentence. */
  title: string;
  /** What happens where it does not hold. */
  why: string;
  /** What to change. */
  fix: string;
  /** `mandatory` fails a plan; `advisory` is only told. */
  severity: "mandatory" | "advisory";
  /** Whether a resource of another stack may be what satisfies it. Where one stack is seen at a time, it can then only be advice. */
  acrossStacks?: true;
  /** Judges an environment: all its resources together, since some rules hold between two. */
  check(plan: Plan): Finding[];
}

/** What a policy has against a resource. */
export interface Finding {
  resource: PlannedResource;
  /** What is wrong and where in the resource. Never the value of a secret. */
  message: string;
}

/** An exception from a policy, for a while. */
export interface Waiver {
  /** Name of the policy. */
  policy: string;
  /** `project::name` or a URN; `*` stands for any part of either. */
  resource: string;
  /** Why the resource may break the rule, for the next reader. */
  reason: string;
  /** The team that answers for it: one of platform.config.ts. */
  owner: string;
  /** Last day on which it holds, as YYYY-MM-DD. */
  expires: string;
}

/** A finding as reports show it. */
export interface Violation {
  policy: string;
  severity: Policy["severity"];
  urn: string;
  project: string;
  stack: string;
  type: string;
  name: string;
  message: string;
  /** How the resource is known: see `PlannedResource`. */
  known: string;
  /** The exception that covers it, expired or not. */
  waived?: Waiver;
}

/** The verdict of all policies on one environment. */
export interface PolicyReport {
  /** Name of the environment, or "shared". */
  scope: string;
  violations: Violation[];
  waivers: {
    /** Past their last day, and still covering something. */
    expired: Waiver[];
    /** Covering nothing here. They may cover something in another environment: see `failing`. */
    unused: Waiver[];
  };
}
