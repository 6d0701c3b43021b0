import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { Refusal } from "./calls.ts";

const INSTEAD = "Take it out of the program, or run this stack with the Pulumi CLI.";

/** What the SDK throws by itself when a feature is not advertised, and what it means here. */
const SDK_WORDS: [words: RegExp, feature: string][] = [
  [
    /The Pulumi CLI does not support transforms\./,
    "transforms (`transforms`, `registerResourceTransform`, `registerInvokeTransform`)",
  ],
  [/The Pulumi CLI does not support resource hooks\./, "resource hooks (`hooks`)"],
  [/The Pulumi CLI does not support error hooks\./, "error hooks (`hooks.onError`)"],
  [/The Pulumi CLI does not support parameterization\./, "parameterised packages"],
  [/The Pulumi CLI does not support the ReplaceWith option\./, "`replaceWith`"],
  [/The Pulumi CLI does not support state migrations\./, "`stateMigrations`"],
];

/** One clear error for a feature that a rehearsal does not have. */
export function refusal(feature: string, resource?: string): Refusal {
  return new Refusal(`${resource ? `${resource}: ` : ""}${feature}: not rehearsed. ${INSTEAD}`, resource);
}

/**
 * The SDK blames an old CLI when it sees that a feature is missing; say what is meant.
 *
 * @returns undefined when `message` is not of that kind
 */
export function refusalIn(message: string): Refusal | undefined {
  const known = SDK_WORDS.find(([words]) => words.test(message));
  if (!known) return undefined;
  const resource = /failed to register new resource (\S+ \[[^\]]+\])/.exec(message)?.[1];
  return refusal(known[1], resource);
}

/** @throws Refusal naming the first thing that `request` asks for and a rehearsal does not do. */
export function refuseUnsupported(request: RegisterResourceRequest): void {
  const asked: [boolean, string][] = [
    [request.getImportid() !== "", "`import`"],
    [request.getTransformsList().length > 0, "`transforms`"],
    [hasHooks(request), "resource hooks (`hooks`)"],
    [request.getReplaceWithList().length > 0, "`replaceWith`"],
    [request.hasReplacementTrigger(), "`replacementTrigger`"],
    [request.getStateMigrationsList().length > 0, "`stateMigrations`"],
    [request.getPackageref() !== "", "a parameterised package"],
  ];
  const first = asked.find(([is]) => is);
  if (first) throw refusal(first[1], `${request.getName()} [${request.getType()}]`);
}

function hasHooks(request: RegisterResourceRequest): boolean {
  const hooks = request.getHooks()?.toObject();
  return hooks !== undefined && Object.values(hooks).some((names) => names.length > 0);
}
