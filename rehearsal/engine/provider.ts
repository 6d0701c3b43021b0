import type { PropertyMap } from "./properties/value.ts";

/**
 * What the engine asks of a provider: Pulumi's provider protocol as an interface.
 *
 * A provider is free of state. The engine calls `create`, `update`, `read` and `delete` in updates only, never in previews;
 * `check` and `diff` in both. Property maps arrive without secrets (the engine unwraps them) and, in previews and inside
 * delete-before-replace decisions, may hold `unknown`.
 */
export interface Provider {
  /** The package, for example `random`. */
  readonly package: string;

  /** What the engine may say of a type before it has a resource of it. */
  describe(type: string): TypeDescription;

  checkConfig?(request: { urn: string; oldInputs: PropertyMap; newInputs: PropertyMap }): Promise<CheckResult>;
  /** Only its `replaceKeys` make resources of this provider be replaced. */
  diffConfig?(request: { urn: string; oldInputs: PropertyMap; newInputs: PropertyMap }): Promise<DiffResult>;
  /** A configured provider: the engine configures one instance per provider resource. @throws when the configuration can't be used. */
  configure(inputs: PropertyMap): Promise<Provider>;

  /** Validates, fills defaults and chooses names. In a replacement `oldInputs` is undefined, so that a name is fresh. */
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  /** Idempotent by `token`: a repeated token answers with the same resource. */
  create(request: CreateRequest): Promise<{ id: string; outputs: PropertyMap }>;
  /** Undefined when there is no such resource. */
  read(request: { urn: string; type: string; id: string; inputs: PropertyMap }): Promise<PropertyMap | undefined>;
  /** Idempotent. Answers with all outputs. */
  update(request: UpdateRequest): Promise<PropertyMap>;
  /** Idempotent: deleting what is gone succeeds. */
  delete(request: { urn: string; type: string; id: string; inputs: PropertyMap; outputs: PropertyMap }): Promise<void>;

  /** A function of the package, for example `random:index:getThing`. Failures name the argument. */
  invoke(request: { token: string; args: PropertyMap }): Promise<{ result: PropertyMap; failures: CheckFailure[] }>;
  /** Makes a remote component: registers its children through `host`, in order, and answers with the component's outputs. */
  construct?(request: ConstructRequest, host: ConstructHost): Promise<ConstructResult>;
}

/** How a statement about a resource is known: from a model written for the type, from a published schema, or assumed. */
export type Knowledge = "modelled" | "schema" | "assumed";

export interface TypeDescription {
  /** `generic`: no model; nothing is known of what forces replacement. */
  model: "modelled" | "generic";
  /** Deletion or replacement needs leave: it holds data, or others stand on it. */
  guarded?: "data" | "foundation";
  /** Keys of outputs that are secret whatever the program says. */
  secretOutputs?: readonly string[];
}

export interface CheckFailure {
  /** Path of the property, for example `tags.Name`; empty for the resource as a whole. */
  property: string;
  /** What is wrong, what is allowed, what to do. */
  reason: string;
}

export interface CheckRequest {
  urn: string;
  type: string;
  name: string;
  /** Undefined on create and replace. */
  oldInputs: PropertyMap | undefined;
  newInputs: PropertyMap;
  /** Hexadecimal digits from hash(URN, generation, salt): the only source of generated names. */
  seed: string;
}

export interface CheckResult {
  inputs: PropertyMap;
  failures: CheckFailure[];
}

export interface DiffRequest {
  urn: string;
  type: string;
  id: string;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
}

export interface PropertyDiff {
  kind: "add" | "update" | "delete";
  /** Whether this change alone forces replacement. */
  replace: boolean;
  /** Where the knowledge comes from. */
  known: Knowledge;
  /** The source in words, for example "provider source, ec2/vpc.go". */
  source?: string;
}

export interface DiffResult {
  /** Top-level keys of inputs that changed. Empty: nothing to do. */
  changedKeys: string[];
  /** Those of them that force replacement. */
  replaceKeys: string[];
  /** By property path, for example `tags.Name` or `rules[2].priority`. */
  detailedDiff: Record<string, PropertyDiff>;
  /** The old one must go first, for example because its name is taken. */
  deleteBeforeReplace: boolean;
  /** Outputs that an update makes anew and a preview therefore can't know. */
  recomputed: string[];
}

export interface CreateRequest {
  urn: string;
  type: string;
  name: string;
  inputs: PropertyMap;
  /** Journaled before the call. */
  token: string;
  /** Hexadecimal digits from hash(URN, generation, salt): the only source of generated ids. */
  seed: string;
}

export interface UpdateRequest {
  urn: string;
  type: string;
  id: string;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
}

export interface ConstructRequest {
  type: string;
  name: string;
  /** May hold `unknown` in previews. */
  inputs: PropertyMap;
  preview: boolean;
  /** The version of the package that the program asked for; empty when it asked for none. */
  version: string;
}

export interface ConstructHost {
  /** URN of the component itself; the engine registers it before calling `construct`. */
  readonly urn: string;
  /** Registers one child, as a program would; the answer's outputs hold `unknown` in previews. */
  register(child: ChildRegistration): Promise<{ urn: string; id: string; outputs: PropertyMap }>;
}

export interface ChildRegistration {
  type: string;
  name: string;
  /** URN of the parent; the component itself when absent. */
  parent?: string;
  inputs: PropertyMap;
  /** URNs. */
  dependencies?: string[];
  /** URNs by top-level property. */
  propertyDependencies?: Record<string, string[]>;
  /** Version of the child's package. */
  version?: string;
  ignoreChanges?: string[];
}

export interface ConstructResult {
  outputs: PropertyMap;
  /** URNs that each output depends on. */
  outputDependencies?: Record<string, string[]>;
}
