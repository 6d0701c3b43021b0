import { rmSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "@fairway/clock";
import { run, type ResourceState } from "@fairway/engine";
import { keyOf, type StackId } from "@fairway/planner";
import { outermostGuarded } from "../plan/goes-with.ts";
import { type NamedChange, withLeave } from "../plan/guarded.ts";
import { ORGANIZATION } from "../workspace/organization.ts";
import { forward, guardOf, type Stage } from "./bring-up.ts";
import type { SessionResult, UpRequest } from "./events.ts";
import { statesFolder } from "./places.ts";

/** Deletes everything of environments, consumers before what they read, and their states. Guarded resources need leave. */
export async function bringDown(stage: Stage, request: UpRequest): Promise<SessionResult> {
  const started = systemClock.now();
  const states = [...stage.stores.open().values()].filter(({ id }) => request.environments.includes(id.stack));
  const guarded = states.flatMap(({ id, store }) => guardedOf(stage, id, store.resources()));
  const refused = request.yes ? [] : withLeave(guarded, request.allow).filter(({ allowed }) => !allowed);
  const result = (change: Partial<SessionResult>): SessionResult => ({
    outcome: "done",
    changed: 0,
    seconds: (systemClock.now() - started) / 1000,
    failures: [],
    refused: [],
    environments: [],
    ...change,
  });
  if (refused.length > 0) return result({ outcome: "refused", refused });

  let changed = 0;
  const failures: string[] = [];
  const failed = new Set<string>();
  for (const { id, store } of consumersFirst(states)) {
    const { project, stack: environment } = id;
    if (failed.has(environment)) continue;
    stage.send({ kind: "stack", environment, project, state: "running", total: store.resources().length });
    const done = await run({
      ...id,
      organization: ORGANIZATION,
      program: { folder: stage.root },
      config: {},
      secretKeys: [],
      mode: "destroy",
      state: store,
      providers: stage.providers,
      references: async () => undefined,
      allow: guarded
        .filter((change) => change.environment === environment && change.project === project)
        .map(({ type, name }) => `${project}::${type}::${name}`),
      onEvent: (event) => forward(stage, id, event),
      signal: stage.signal,
    });
    changed += done.steps.filter(({ op, provider }) => !provider && op === "delete").length;
    stage.send({ kind: "stack", environment, project, state: done.ok ? "done" : "failed" });
    if (done.ok) continue;
    failed.add(environment);
    failures.push(
      ...done.diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ message }) => `${project} → ${environment}: ${message}`),
    );
  }
  await Promise.all(request.environments.map((name) => stage.effects.settled(name, stage.signal)));
  for (const { id } of states.filter(({ id, store }) => store.resources().length === 0 && !failed.has(id.stack))) {
    await stage.stores.forget(id);
    rmSync(join(statesFolder(stage.root), id.project, id.stack), { recursive: true, force: true });
  }
  return result({ outcome: failures.length > 0 ? "failed" : "done", changed, failures });
}

/** What needs leave to be deleted. What is in another that needs it goes with that one, where it is a foundation too, or a component. */
function guardedOf(stage: Stage, { project, stack }: StackId, resources: readonly ResourceState[]): NamedChange[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const guarded = new Map(
    resources.filter((resource) => needsLeave(stage, resource)).map((resource) => [resource.urn, resource]),
  );
  return [...guarded.values()].map(({ urn, type, name, custom }) => {
    const mayFollow = !custom || guardOf(stage, type) === "foundation";
    const leader = mayFollow ? outermostGuarded(urn, byUrn, guarded) : undefined;
    return { environment: stack, project, urn, type, name, ...(leader === undefined ? {} : { with: leader }) };
  });
}

function needsLeave(stage: Stage, { type, protect, custom }: ResourceState): boolean {
  if (type.startsWith("pulumi:")) return false;
  // A component holds nothing itself, but its program may protect it.
  return protect || (custom && guardOf(stage, type) !== undefined);
}

/** A stack that reads another's outputs holds the reference in its state: the order needs no program. */
export function consumersFirst<T extends { id: StackId; store: { resources(): readonly ResourceState[] } }>(
  states: readonly T[],
): T[] {
  const byKey = new Map(states.map((state) => [keyOf(state.id), state]));
  const ordered: T[] = [];
  const visited = new Set<string>();
  const visit = (state: T) => {
    const key = keyOf(state.id);
    if (visited.has(key)) return;
    visited.add(key);
    for (const name of referencesIn(state)) {
      const producer = byKey.get(name);
      if (producer) visit(producer);
    }
    ordered.push(state);
  };
  states.forEach(visit);
  return ordered.toReversed();
}

function referencesIn({ store }: { store: { resources(): readonly ResourceState[] } }): string[] {
  return store
    .resources()
    .filter(({ type }) => type === "pulumi:pulumi:StackReference")
    .map(({ inputs }) => String(inputs.name).split("/").slice(-2).join("/"));
}
