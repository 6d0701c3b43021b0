import { createHash } from "node:crypto";
import type { Json, JsonMap } from "../../properties/encoding/json.ts";
import type { PropertyMap } from "../../properties/value.ts";
import type { ResourceState } from "../../types.ts";
import type { StateKey } from "../keys.ts";
import type { Edit, Intent } from "../types.ts";
import { fromJson, toJson } from "../../properties/encoding/json.ts";

/** What `state.json` holds. */
export interface Snapshot {
  project: string;
  stack: string;
  /** Id of the key that its secrets are encrypted with. */
  key: string;
  salt: string;
  /** Number of the last journal entry that is in here: after a crash between the two, entries up to it are skipped. */
  sequence: number;
  resources: readonly ResourceState[];
  outputs: PropertyMap;
  intents: readonly Intent[];
}

/** The version of both files' format. */
export const VERSION = 1;

/** Written by a later Fairway: not corrupt, but nothing that this one can read. */
export class UnknownVersionError extends Error {}

export function writeSnapshot(snapshot: Snapshot, key: StateKey): string {
  const content = {
    ...snapshot,
    resources: snapshot.resources.map((resource) => writeResource(resource, key)),
    outputs: toJson(snapshot.outputs, key.encrypt),
    intents: snapshot.intents.map((intent) => writeIntent(intent, key)),
  };
  return `${JSON.stringify({ version: VERSION, sha256: sha256(JSON.stringify(content)), content }, undefined, 1)}\n`;
}

/**
 * Reads what {@link writeSnapshot} wrote, secrets still encrypted until `key` is known to be the right one.
 *
 * @throws with the reason why the text is not a state, or {@link UnknownVersionError}
 */
export function readSnapshot(text: string): {
  snapshot: Omit<Snapshot, "resources" | "outputs" | "intents">;
  open: (key: StateKey) => Snapshot;
} {
  const { version, sha256: sum, content } = parse(text) as { version: Json; sha256: Json; content: SnapshotJson };
  if (typeof version === "number" && version > VERSION)
    throw new UnknownVersionError(`version ${version}; this Fairway reads up to version ${VERSION}`);
  if (version !== VERSION || content === undefined) throw new Error("it is no state of Fairway");
  if (sum !== sha256(JSON.stringify(content))) throw new Error("its content does not match its checksum");
  const open = (key: StateKey): Snapshot => ({
    ...content,
    resources: content.resources.map((resource) => readResource(resource, key)),
    outputs: fromJson(content.outputs, key.decrypt),
    intents: content.intents.map((intent) => readIntent(intent, key)),
  });
  return { snapshot: content, open };
}

/** Edits as one JSON text, for {@link writeEntry}. @throws when they hold what state can't keep, before anything is written */
export function writeEdits(edits: readonly Edit[], key: StateKey): string {
  return JSON.stringify(
    edits.map((edit) => {
      switch (edit.kind) {
        case "put":
          return { kind: "put", resource: writeResource(edit.resource, key) };
        case "remove":
          return { kind: "remove", urn: edit.urn, generation: edit.generation };
        case "outputs":
          return { kind: "outputs", outputs: toJson(edit.outputs, key.encrypt) };
        case "intent":
          return { kind: "intent", intent: writeIntent(edit.intent, key) };
      }
    }),
  );
}

/** One line of the journal, newline included. */
export function writeEntry(sequence: number, edits: string): string {
  return `{"sequence":${sequence},"bytes":${Buffer.byteLength(edits)},"sha256":"${sha256(`${sequence} ${edits}`)}","edits":${edits}}\n`;
}

/** A line without its newline. @throws with the reason why it is no whole entry */
export function readEntry(line: string): { sequence: number; edits: (key: StateKey) => Edit[] } {
  const [, number, bytes, sum, edits] =
    /^\{"sequence":(\d+),"bytes":(\d+),"sha256":"([0-9a-f]{64})","edits":(.*)\}$/s.exec(line) ?? [];
  if (edits === undefined) throw new Error("it is no entry");
  if (Buffer.byteLength(edits) !== Number(bytes))
    throw new Error(`it has ${Buffer.byteLength(edits)} bytes of edits instead of ${bytes}`);
  if (sha256(`${number} ${edits}`) !== sum) throw new Error("its edits do not match its checksum");
  return { sequence: Number(number), edits: (key) => (JSON.parse(edits) as EditJson[]).map((edit) => readEdit(edit, key)) };
}

type ResourceJson = Omit<ResourceState, "inputs" | "outputs"> & { inputs: JsonMap; outputs: JsonMap };
type IntentJson = { token: string; resource: ResourceJson };
type SnapshotJson = Omit<Snapshot, "resources" | "outputs" | "intents"> & {
  resources: ResourceJson[];
  outputs: JsonMap;
  intents: IntentJson[];
};
type EditJson =
  | { kind: "put"; resource: ResourceJson }
  | { kind: "remove"; urn: string; generation: number }
  | { kind: "outputs"; outputs: JsonMap }
  | { kind: "intent"; intent: IntentJson };

function readEdit(edit: EditJson, key: StateKey): Edit {
  switch (edit.kind) {
    case "put":
      return { kind: "put", resource: readResource(edit.resource, key) };
    case "outputs":
      return { kind: "outputs", outputs: fromJson(edit.outputs, key.decrypt) };
    case "intent":
      return { kind: "intent", intent: readIntent(edit.intent, key) };
    default:
      return edit;
  }
}

function writeResource(resource: ResourceState, key: StateKey): ResourceJson {
  try {
    return { ...resource, inputs: toJson(resource.inputs, key.encrypt), outputs: toJson(resource.outputs, key.encrypt) };
  } catch (error) {
    throw new Error(`${resource.urn} can't be kept in state: ${(error as Error).message}`, { cause: error });
  }
}

function readResource(resource: ResourceJson, key: StateKey): ResourceState {
  return { ...resource, inputs: fromJson(resource.inputs, key.decrypt), outputs: fromJson(resource.outputs, key.decrypt) };
}

function writeIntent(intent: Intent, key: StateKey): IntentJson {
  return { token: intent.token, resource: writeResource(intent.resource, key) };
}

function readIntent(intent: IntentJson, key: StateKey): Intent {
  return { token: intent.token, resource: readResource(intent.resource, key) };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Error(`it is not JSON (${(error as Error).message})`, { cause: error });
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
