import type { Alias } from "../types.ts";
import { STACK_TYPE, createUrn, parseUrn } from "./urn.ts";

/** What aliases are read against: the resource as it is now. */
export interface AliasContext {
  stack: string;
  project: string;
  type: string;
  name: string;
  /** URN; empty when there is none. */
  parent: string;
  /** Every former URN of the parent. */
  parentAliases: readonly string[];
}

/**
 * All URNs that a resource may have had: its own aliases, then those that follow from its parent's former URNs, each once.
 *
 * A child of a renamed component is found too when its name starts with the component's, as Pulumi's convention has it
 * (`web-logs` under `web`, formerly `site-logs` under `site`).
 */
export function aliasUrns(aliases: readonly Alias[], now: AliasContext): string[] {
  const own = aliases.map((alias) => aliasUrn(alias, now));
  const found = new Set(own);
  for (const parentAlias of now.parentAliases) {
    found.add(underFormerParent(now.type, now.name, now, parentAlias));
    for (const urn of own) {
      const former = parseUrn(urn);
      found.add(underFormerParent(former.type, former.name, now, parentAlias));
    }
  }
  found.delete(createUrn(now));
  return [...found];
}

function aliasUrn(alias: Alias, now: AliasContext): string {
  if ("urn" in alias) return alias.urn;
  return createUrn({
    stack: alias.stack ?? now.stack,
    project: alias.project ?? now.project,
    parent: alias.noParent ? "" : (alias.parent ?? now.parent),
    type: alias.type ?? now.type,
    name: alias.name ?? now.name,
  });
}

function underFormerParent(type: string, name: string, now: AliasContext, parentAlias: string): string {
  const former = parseUrn(parentAlias);
  const parentName = parseUrn(now.parent).name;
  const renamed = former.type !== STACK_TYPE && name.startsWith(parentName) ? former.name + name.slice(parentName.length) : name;
  return createUrn({ stack: former.stack, project: former.project, parent: parentAlias, type, name: renamed });
}
