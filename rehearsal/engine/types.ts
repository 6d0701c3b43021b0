import type { PropertyMap } from "./properties/value.ts";
import type { Knowledge, PropertyDiff, Provider } from "./provider.ts";

export type Mode = "preview" | "update" | "destroy";

/** One run of one program against one stack's state. */
export interface RunRequest {
  project: string;
  stack: string;
  organization: string;
  program: Program;
  /** Pulumi configuration, keys with their namespace, for example `random:size`; values as the SDK expects them (JSON for objects). */
  config: Record<string, string>;
  /** Keys of `config` whose values are secret. */
  secretKeys: string[];
  mode: Mode;
  state: StackState;
  /** The provider of a package, unconfigured. Never undefined: a package without a model has a generic provider. */
  providers: (packageName: string) => Provider;
  /** Answers a stack reference such as `organization/network/production`; undefined when there is no such stack. May wait for its run. */
  references: (name: string) => Promise<StackOutputs | undefined>;
  /** Allowed guarded changes, `PROJECT::[TYPE::]NAME`; enforced in updates. Absent: nothing is guarded (plans list, the caller refuses). */
  allow?: string[];
  onEvent?: (event: EngineEvent) => void;
  /** Ends the run: in-flight registrations fail, nothing is deleted, what was done is kept. */
  signal?: AbortSignal;
}

/** Where the program is. A folder with a `Pulumi.yaml` (its package.json `main` or index.ts), or a module with JSON arguments (tests). */
export type Program = { folder: string } | { module: string; args?: unknown };

export interface RunResult {
  /** The program finished without an error and every step succeeded. */
  ok: boolean;
  /** In the order in which they were decided. */
  steps: Step[];
  outputs: PropertyMap;
  state: StackState;
  diagnostics: Diagnostic[];
}

export interface StackOutputs {
  outputs: PropertyMap;
  /** Names of outputs that are secret as a whole. */
  secretOutputNames: string[];
}

export type Operation =
  | "same"
  | "create"
  | "update"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "delete"
  | "read"
  | "read-replacement"
  | "discard";

/** One decided operation: what a plan shows and an update does. Plain data: it prints, sorts and compares. */
export interface Step {
  op: Operation;
  urn: string;
  type: string;
  name: string;
  /** The registration's own inputs before and after; secrets are `Secret`, which prints as `[secret]`. */
  oldInputs?: PropertyMap;
  newInputs?: PropertyMap;
  /** Top-level keys that force the replacement. */
  replaceKeys: string[];
  detailedDiff: Record<string, PropertyDiff>;
  /** Why, in a sentence, for example "replace because cidrBlock 10.0.0.0/16 → 10.1.0.0/16". Empty for `same`. */
  why: string;
  /** The weakest knowledge that the decision rests on. */
  known: Knowledge;
  /** Set when the change needs leave: protected, holding data, or a foundation. */
  guarded?: "protect" | "data" | "foundation";
  /** Providers are steps too; plans leave them out of counts. */
  provider: boolean;
}

export type Severity = "debug" | "info" | "warning" | "error";

export interface Diagnostic {
  severity: Severity;
  /** Resource that it is about; absent for the program. */
  urn?: string;
  message: string;
}

export type EngineEvent =
  | { kind: "step-started"; step: Step }
  /** Fired after the journal holds the result. `resource` is the new state, absent after a delete; `previous` the one before. */
  | { kind: "step-done"; step: Step; resource?: ResourceState; previous?: ResourceState }
  | { kind: "step-failed"; step: Step; message: string }
  | { kind: "waiting"; reference: string }
  | { kind: "diagnostic"; diagnostic: Diagnostic };

/** One resource as state keeps it. */
export interface ResourceState {
  urn: string;
  type: string;
  name: string;
  /** Managed by a provider; a component is not. */
  custom: boolean;
  /** Empty for components. */
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  parent: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** `URN::id` of the provider resource; empty for components and providers. */
  provider: string;
  protect: boolean;
  retainOnDelete: boolean;
  deletedWith: string;
  /** Read, not managed. */
  external: boolean;
  /** Replaced and not yet deleted. */
  delete: boolean;
  /** Deleted before its replacement is made. */
  pendingReplacement: boolean;
  aliases: string[];
  additionalSecretOutputs: string[];
  /** Rises with each replacement: hash(URN, generation, salt) names the next one. */
  generation: number;
}

/** The state of one stack, in memory or on disk. See `state/`. */
export interface StackState {
  /** In topological order: what depends on another comes after it. */
  resources(): readonly ResourceState[];
  outputs(): PropertyMap;
  /** Drawn once per rehearsal; empty in plans. */
  readonly salt: string;
}
