import type { ResourceState } from "../../types.ts";
import { neededUrns } from "../../state/topological.ts";

/** One deletion, and those that must be over before it. */
export interface Deletion {
  entry: ResourceState;
  after: Deletion[];
}

/**
 * Orders deletions: nothing goes before what depends on it, by dependency, property dependency, parent, provider or deletedWith.
 * A dependency on a component is one on everything in it.
 *
 * State may hold old generations whose dependencies go round in a circle with newer ones. There the order of the state decides.
 *
 * @param entries in the order of the state: what depends on another comes after it
 * @param all every entry, to know what is in a component
 * @param hosts what goes with another one, without a deletion of its own: what it needs waits for its host too
 */
export function deletionOrder(
  entries: readonly ResourceState[],
  all: readonly ResourceState[],
  hosts: ReadonlyMap<ResourceState, ResourceState>,
): Deletion[] {
  const deletions = entries.map((entry): Deletion => ({ entry, after: [] }));
  const byUrn = new Map<string, Deletion[]>();
  for (const deletion of deletions) byUrn.set(deletion.entry.urn, [...(byUrn.get(deletion.entry.urn) ?? []), deletion]);
  const inside = descendants(all);

  const wanted = new Map<Deletion, Set<Deletion>>();
  for (const deletion of deletions) {
    const targets = new Set<Deletion>();
    for (const urn of neededWithContents(deletion.entry, inside)) for (const target of byUrn.get(urn) ?? []) targets.add(target);
    targets.delete(deletion);
    wanted.set(deletion, targets);
  }
  waitForHosts(deletions, wanted, hosts);

  const blockers = new Map(deletions.map((deletion) => [deletion, 0]));
  for (const targets of wanted.values()) for (const target of targets) blockers.set(target, blockers.get(target)! + 1);
  const ordered: Deletion[] = [];
  const waiting = new Set(deletions.toReversed());
  const ready = [...waiting].filter((deletion) => blockers.get(deletion) === 0);
  while (waiting.size > 0) {
    const next = ready.shift() ?? first(waiting);
    if (!waiting.delete(next)) continue;
    ordered.push(next);
    for (const target of wanted.get(next)!) {
      if (!waiting.has(target)) continue;
      target.after.push(next);
      blockers.set(target, blockers.get(target)! - 1);
      if (blockers.get(target) === 0) ready.push(target);
    }
  }
  return ordered;
}

function waitForHosts(
  deletions: readonly Deletion[],
  wanted: ReadonlyMap<Deletion, Set<Deletion>>,
  hosts: ReadonlyMap<ResourceState, ResourceState>,
): void {
  if (hosts.size === 0) return;
  const byEntry = new Map(deletions.map((deletion) => [deletion.entry, deletion]));
  for (const guest of deletions) {
    for (let host = hosts.get(guest.entry); host; host = hosts.get(host)) {
      const hostDeletion = byEntry.get(host)!;
      for (const target of wanted.get(guest)!) {
        if (target !== hostDeletion && !reaches(target, hostDeletion, wanted)) wanted.get(hostDeletion)!.add(target);
      }
    }
  }
}

function reaches(from: Deletion, to: Deletion, wanted: ReadonlyMap<Deletion, ReadonlySet<Deletion>>): boolean {
  const seen = new Set([from]);
  for (const deletion of seen) {
    if (deletion === to) return true;
    for (const next of wanted.get(deletion)!) seen.add(next);
  }
  return false;
}

function first(deletions: ReadonlySet<Deletion>): Deletion {
  for (const deletion of deletions) return deletion;
  throw new Error("nothing is left to delete");
}

function neededWithContents(entry: ResourceState, inside: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const needed = new Set(neededUrns(entry));
  for (const urn of [...entry.dependencies, ...Object.values(entry.propertyDependencies).flat()]) {
    const contents = inside.get(urn);
    // What is itself in the component does not wait for its siblings.
    if (contents && !contents.has(entry.urn)) for (const part of contents) needed.add(part);
  }
  return needed;
}

/** URNs of everything under each component. */
function descendants(all: readonly ResourceState[]): Map<string, Set<string>> {
  const parents = new Map(all.map((entry) => [entry.urn, entry.parent]));
  const components = new Set(all.filter((entry) => !entry.custom).map((entry) => entry.urn));
  const found = new Map<string, Set<string>>();
  for (const { urn } of all) {
    const seen = new Set([urn]);
    for (let parent = parents.get(urn); parent && !seen.has(parent); parent = parents.get(parent)) {
      seen.add(parent);
      if (!components.has(parent)) continue;
      const contents = found.get(parent);
      if (contents) contents.add(urn);
      else found.set(parent, new Set([urn]));
    }
  }
  return found;
}
