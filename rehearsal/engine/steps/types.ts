import type { PropertyMap, Unknown } from "../properties/value.ts";
import type { Provider } from "../provider.ts";
import type { Diagnostic, EngineEvent, Mode, StackOutputs, Step } from "../types.ts";
import type { StateStore } from "../state/types.ts";

/** One update, preview or destroy of one stack, without a wire: registrations go in, decided steps come out. */
export interface Deployment {
  /** @throws RegistrationError */
  register(registration: ResourceRegistration): Promise<RegistrationResult>;
  registerOutputs(urn: string, outputs: PropertyMap): Promise<void>;
  read(request: ReadRegistration): Promise<RegistrationResult>;
  invoke(request: { token: string; args: PropertyMap; provider: string; version: string }): Promise<{
    result: PropertyMap;
    failures: { property: string; reason: string }[];
  }>;
  /**
   * The program ended. Only after `success` is anything deleted.
   * An unsuccessful program's outputs are the old ones overlaid with the new.
   */
  finish(success: boolean): Promise<void>;
  readonly steps: readonly Step[];
  readonly diagnostics: readonly Diagnostic[];
  /** A step failed: what still comes in is refused with UNAVAILABLE, and the program is abandoned. */
  readonly failed: boolean;
  /** The stack's outputs as this run leaves them; in a preview they may hold `unknown`. Settled when `finish` is over. */
  readonly outputs: PropertyMap;
}

export interface DeploymentOptions {
  project: string;
  stack: string;
  organization: string;
  /** `<package>:*` keys configure the default providers. */
  config: Record<string, string>;
  secretKeys: string[];
  mode: Mode;
  state: StateStore;
  providers: (packageName: string) => Provider;
  references: (name: string) => Promise<StackOutputs | undefined>;
  allow?: string[];
  onEvent?: (event: EngineEvent) => void;
  signal?: AbortSignal;
}

/** What a program says of one resource, decoded from the wire. Undefined options were not set and are inherited from the parent. */
export interface ResourceRegistration {
  type: string;
  name: string;
  custom: boolean;
  /** A component that its provider constructs. */
  remote: boolean;
  parent: string;
  /** May hold `Unknown` and `Secret`. */
  inputs: PropertyMap;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** `URN::id`; empty: the package's default provider. */
  provider: string;
  /** By package: `URN::id`, for the children of a component. */
  providers: Record<string, string>;
  /** Version of the SDK that asks; names the default provider. */
  version: string;
  protect: boolean | undefined;
  retainOnDelete: boolean | undefined;
  deleteBeforeReplace: boolean | undefined;
  deletedWith: string;
  aliases: Alias[];
  /** Property paths: `tags.Name`, `rules[0].priority`, `*` matches one element. */
  ignoreChanges: string[];
  replaceOnChanges: string[];
  additionalSecretOutputs: string[];
}

/** A former URN, whole or in the parts that changed; what is absent is as it is now. */
export type Alias =
  { urn: string } | { name?: string; type?: string; stack?: string; project?: string; parent?: string; noParent?: boolean };

export interface ReadRegistration {
  type: string;
  name: string;
  parent: string;
  id: string | Unknown;
  inputs: PropertyMap;
  dependencies: string[];
  provider: string;
  version: string;
  additionalSecretOutputs: string[];
}

export interface RegistrationResult {
  urn: string;
  /** Empty for components; `unknown` in a preview of something to be made. */
  id: string | Unknown;
  /** Inputs and outputs together, secrets marked. In a preview, what is not in here is unknown to the program. */
  outputs: PropertyMap;
  /** Of each output, the URNs that it depends on (constructed components). */
  outputDependencies?: Record<string, string[]>;
}
