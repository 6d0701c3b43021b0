import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  fromJson,
  memoryState,
  openKey,
  type PropertyMap,
  type ResourceState,
  type StackState,
  type StateKey,
  toJson,
} from "@fairway/engine";
import { keyOf, type StackId } from "@fairway/planner";
import { writeAtomically } from "../../workspace/write-atomically.ts";
import type { BaseCheckout } from "./checkout.ts";

/** States of a base that were made before, one file for each environment: no reference crosses from one to another. */
export interface StateCache {
  /** Undefined when there is none, or none that can be read. */
  read(environment: string): Map<string, StackState> | undefined;
  write(environment: string, states: readonly (readonly [StackId, StackState])[]): void;
}

/** In the base's checkout, which has its tree and its dependencies: it goes when they go. */
const FOLDER = ".fairway-states";

/** What decides what a program of the base makes, besides the base itself: the engine and the models that judge it, and what they stand on. */
export const JUDGES = [
  "rehearsal/engine",
  "rehearsal/cloud",
  "rehearsal/planner",
  "libs",
  "tools/bundle", // which image a service's program is told of
  "tools/cli/plan",
  "tools/cli/workspace",
];

/**
 * The cache of a base: by its tree and lockfile (its checkout's place), and by the engine and models of this tree.
 *
 * @param root of this tree
 */
export function stateCache({ folder }: BaseCheckout, root: string): StateCache {
  const cache = join(folder, FOLDER);
  const judges = judgesHash(root);
  const fileOf = (environment: string) => join(cache, `${judges}-${environment}.json`);
  let key: StateKey;
  try {
    key = openKey();
  } catch {
    return { read: () => undefined, write: () => undefined }; // No place for a key: nothing secret can be kept, and a plan needs nothing kept.
  }
  return { read, write };

  function read(environment: string): Map<string, StackState> | undefined {
    try {
      const stacks = JSON.parse(readFileSync(fileOf(environment), "utf8")) as StoredStack[];
      return new Map(stacks.map((stack) => [keyOf(stack.id), restore(stack)]));
    } catch {
      return undefined; // Not there, half a file, another key: it is made again.
    }
  }

  function write(environment: string, states: readonly (readonly [StackId, StackState])[]): void {
    try {
      mkdirSync(cache, { recursive: true, mode: 0o700 });
      for (const old of readdirSync(cache)) if (!old.startsWith(`${judges}-`)) rmSync(join(cache, old), { force: true });
      writeAtomically(fileOf(environment), JSON.stringify(states.map(([id, state]) => store(id, state))));
    } catch {
      // A full disk or a folder that can't be written: the next plan makes the states again.
    }
  }

  function store({ project, stack }: StackId, state: StackState): StoredStack {
    return {
      id: { project, stack },
      outputs: toJson(state.outputs(), key.encrypt),
      resources: state.resources().map(({ inputs, outputs, ...rest }) => ({
        ...rest,
        inputs: toJson(inputs, key.encrypt),
        outputs: toJson(outputs, key.encrypt),
      })),
    };
  }

  function restore({ outputs, resources }: StoredStack): StackState {
    const properties = (json: ReturnType<typeof toJson>): PropertyMap => fromJson(json, key.decrypt);
    return memoryState({
      outputs: properties(outputs),
      resources: resources.map((each) => ({ ...each, inputs: properties(each.inputs), outputs: properties(each.outputs) })),
      salt: "", // as in every plan
    });
  }
}

type StoredMap = ReturnType<typeof toJson>;

interface StoredStack {
  id: StackId;
  outputs: StoredMap;
  resources: (Omit<ResourceState, "inputs" | "outputs"> & { inputs: StoredMap; outputs: StoredMap })[];
}

/** Of the sources, tests left out, of the versions that are installed, and of Node's. */
function judgesHash(root: string): string {
  const hash = createHash("sha256")
    .update(process.version)
    .update(readFileSync(join(root, "package-lock.json")));
  for (const folder of JUDGES) addFolder(join(root, folder));
  return hash.digest("hex").slice(0, 20);

  function addFolder(folder: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.name === "node_modules" || entry.name.includes(".test.")) continue;
      if (entry.isDirectory()) addFolder(path);
      else if (entry.isFile()) hash.update(`\0${path.slice(root.length)}\0`).update(readFileSync(path));
    }
  }
}
