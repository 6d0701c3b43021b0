import type { ProjectType } from "@fairway/nx-plugin/placement";

/** A project that may be imported: all that it exports, or only the named entries of its package. */
export type Allowed = ProjectType | { type: ProjectType; entries: readonly string[]; sameService?: boolean };

/**
 * Who may import whom. Arrows point from what changes often to what changes seldom: settings and contracts know nobody,
 * programs know them, tools know everything, and nobody knows the tools.
 */
export const MAY_IMPORT: Record<ProjectType, readonly Allowed[] | "everything"> = {
  lib: ["lib"],
  engine: ["lib"],
  planner: ["lib", "engine"],
  cloud: ["lib", "engine"],
  effects: ["lib", "engine"],
  component: ["lib"],
  policies: ["lib"],
  cost: ["lib"],
  stack: ["lib", "component", { type: "stack", entries: ["outputs"] }],
  "service-src": ["lib", { type: "delivery", entries: ["record"] }],
  "service-infra": [
    "lib",
    "component",
    { type: "stack", entries: ["outputs"] },
    { type: "service-src", entries: ["service"], sameService: true },
    { type: "service-infra", entries: ["outputs"], sameService: true },
  ],
  delivery: ["lib", { type: "engine", entries: ["."] }],
  workflows: ["lib"],
  operations: ["lib"],
  tool: "everything",
  bench: "everything",
};

/** What tests may import besides: programs and components are tested by planning and rehearsing them. */
export const TESTS_MAY_ALSO_IMPORT: readonly ProjectType[] = ["engine", "planner", "cloud", "effects"];

/** What the tests and fixtures of a type import besides: rules and prices are tried on what programs are really made of. */
export const TRIED_ON: Partial<Record<ProjectType, readonly ProjectType[]>> = { policies: ["component"], cost: ["component"] };

/** Who reads the platform's settings. The others are given what they need of them. */
export const MAY_READ_SETTINGS_FILE: readonly ProjectType[] = [
  "stack",
  "service-infra",
  "workflows",
  "operations",
  "tool",
  "bench",
];

/** Packages from outside that a project must not know, with the reason. */
export const FOREIGN: { types: readonly ProjectType[]; packages: RegExp; reason: string }[] = [
  {
    types: ["lib"],
    packages: /^(@pulumi\/|(node:)?(fs|child_process|http|https|http2|net|dgram|dns|tls|cluster|worker_threads)(\/|$))/,
    reason: "libs are pure functions: no I/O, no cloud",
  },
  {
    types: ["engine", "planner"],
    packages: /^@pulumi\/(?!pulumi(\/|$))/,
    reason: "the engine knows no cloud; what a cloud does is in rehearsal/cloud",
  },
  {
    types: ["service-src"],
    packages: /^@pulumi\//,
    reason: "a service's code runs in its container; what it runs on is declared in its infra",
  },
];
