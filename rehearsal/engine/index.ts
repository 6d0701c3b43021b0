/** Pulumi's deployment engine for one machine: plans, rehearses and tests Pulumi programs with no cloud. */
export { run, type RunOptions } from "./run.ts";
export { turns, type Turns } from "./turns.ts";
export { createRunner, type Runner, type RunnerOptions } from "./host/runner.ts";
export { stepToJson, stepsToJson, type StepJson } from "./plan/step-to-json.ts";
export { memoryState } from "./state/memory.ts";
export { openStateStore, type DiskStateStore, type OpenOptions } from "./state/store.ts";
export { StateCorruptError, StateKeyError, StateLockedError, StateWriteError } from "./state/store.ts";
export { openKey, type StateKey } from "./state/keys.ts";
export type { Edit, Intent, StateStore } from "./state/types.ts";
export { getAt, parsePath, printPath, type PropertyPath } from "./properties/paths.ts";
export { containsSecret, containsUnknown, equal, unwrapSecrets } from "./properties/equal.ts";
export { diff, changedKeys, type Difference } from "./properties/diff.ts";
export { fromJson, toJson } from "./properties/encoding/json.ts";
export { isMap } from "./properties/maps.ts";
export { markSecrets } from "./steps/deciding/secrets.ts";
export { Asset, type PropertyMap, type PropertyValue, ResourceReference, Secret, Unknown, unknown } from "./properties/value.ts";
export type {
  CheckFailure,
  CheckRequest,
  CheckResult,
  ChildRegistration,
  ConstructHost,
  ConstructRequest,
  ConstructResult,
  CreateRequest,
  DiffRequest,
  DiffResult,
  Knowledge,
  PropertyDiff,
  Provider,
  TypeDescription,
  UpdateRequest,
} from "./provider.ts";
export type {
  Diagnostic,
  EngineEvent,
  Mode,
  Operation,
  Program,
  ResourceState,
  RunRequest,
  RunResult,
  Severity,
  StackOutputs,
  StackState,
  Step,
} from "./types.ts";
