import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { openKey, openStateStore, type DiskStateStore } from "@fairway/engine";
import { keyOf, type StackId } from "@fairway/planner";
import { statesFolder } from "./places.ts";

/** The states of a rehearsal, open and locked for as long as it runs. */
export interface Stores {
  of(id: StackId): Promise<DiskStateStore>;
  /** Those that are open now. */
  open(): ReadonlyMap<string, { id: StackId; store: DiskStateStore }>;
  /** Closes a state that is about to be removed. */
  forget(id: StackId): Promise<void>;
  close(): Promise<void>;
}

/** Opens the state of every stack that has one, and others when asked for. */
export async function openStores(root: string, environments: readonly string[]): Promise<Stores> {
  const key = openKey();
  const stores = new Map<string, { id: StackId; store: DiskStateStore }>();
  const opening = new Map<string, Promise<DiskStateStore>>();
  const of = (id: StackId) => {
    const name = keyOf(id);
    const store = opening.get(name) ?? open(id);
    opening.set(name, store);
    return store;
  };
  const close = async () => {
    await Promise.all([...stores.values()].map(({ store }) => store.close()));
  };
  try {
    await Promise.all(storedStacks(root, environments).map(of));
  } catch (error) {
    await close();
    throw error;
  }
  const forget = async (id: StackId) => {
    await stores.get(keyOf(id))?.store.close();
    stores.delete(keyOf(id));
    opening.delete(keyOf(id));
  };
  return { of, open: () => stores, forget, close };

  async function open(id: StackId): Promise<DiskStateStore> {
    const store = await openStateStore({ folder: statesFolder(root), project: id.project, stack: id.stack, key });
    stores.set(keyOf(id), { id: { project: id.project, stack: id.stack }, store });
    return store;
  }
}

/** Every stack of these environments that has a state. */
export function storedStacks(root: string, environments: readonly string[]): StackId[] {
  const folder = statesFolder(root);
  const projects = existsSync(folder) ? readdirSync(folder) : [];
  return projects.flatMap((project) =>
    environments.filter((stack) => existsSync(join(folder, project, stack))).map((stack) => ({ project, stack })),
  );
}
