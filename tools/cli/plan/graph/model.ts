import type { PlannedResource } from "@fairway/resources";
import { shortType } from "../changes.ts";

/** A box of the picture: a resource, several folded into one, or a group with boxes inside. */
export interface GraphNode {
  id: string;
  label: string;
  /** Second line: its type, or how many resources it stands for. */
  detail: string;
  kind: "project" | "component" | "resource";
  /** Empty for what has nothing inside, or has it folded. */
  children: GraphNode[];
}

/** `from` needs `to`. Both are ids of nodes that stand side by side. */
export interface GraphEdge {
  from: string;
  to: string;
}

/** The resources of an environment as a tree of projects and components, and what needs what. */
export interface ResourceGraph {
  title: string;
  projects: GraphNode[];
  edges: GraphEdge[];
}

/** That a project reads another's outputs. */
export interface ProjectReference {
  from: string;
  to: string;
}

/**
 * Draws up the graph of an environment.
 *
 * @param references between projects, which resources do not show: what they are given arrives as plain values
 * @param full each resource by itself; else a component stands for its resources, and what is in none is folded by type
 */
export function resourceGraph(
  title: string,
  resources: readonly PlannedResource[],
  references: readonly ProjectReference[] = [],
  full = false,
): ResourceGraph {
  const sorted = resources.toSorted((a, b) => compareText(a.urn, b.urn));
  const byUrn = new Map(sorted.map((resource) => [resource.urn, resource]));
  const components = new Map<string, PlannedResource[]>();
  const customs = new Map<string, PlannedResource[]>();
  for (const resource of sorted) {
    const list = resource.custom ? customs : components;
    const home = homeOf(resource);
    const inside = list.get(home);
    if (inside) inside.push(resource);
    else list.set(home, [resource]);
  }
  /** Node ids from the project down, by URN. */
  const paths = new Map<string, string[]>();
  let numbers = 0;

  const projects = [...new Set(sorted.map(({ project }) => project))].map((project) => {
    const id = nextId();
    const children = childrenOf(project, [id]);
    const total = sorted.filter((resource) => resource.custom && resource.project === project).length;
    return { id, label: project, detail: plural(total), kind: "project" as const, children };
  });
  const idOf = new Map(projects.map(({ id, label }) => [label, id]));
  const across = references.flatMap(({ from, to }): GraphEdge[] => {
    const ends = [idOf.get(from), idOf.get(to)] as const;
    return ends[0] === undefined || ends[1] === undefined ? [] : [{ from: ends[0], to: ends[1] }];
  });
  return { title, projects, edges: distinct([...edgesBetween(sorted, paths), ...across]) };

  /** The nearest component that a resource is in; its project's name when it is in none. */
  function homeOf(resource: PlannedResource): string {
    for (let parent = byUrn.get(resource.parent); parent; parent = byUrn.get(parent.parent))
      if (!parent.custom) return parent.urn;
    return resource.project;
  }

  function childrenOf(home: string, path: string[]): GraphNode[] {
    const inner = (components.get(home) ?? []).map((component) => componentNode(component, path));
    return [...inner, ...resourceNodes(customs.get(home) ?? [], path, inner.length > 0 && path.length > 1)];
  }

  function componentNode(component: PlannedResource, path: string[]): GraphNode {
    const id = nextId();
    const own = [...path, id];
    paths.set(component.urn, own);
    const open = full || components.has(component.urn);
    const children = open ? childrenOf(component.urn, own) : [];
    const folded = open ? [] : (customs.get(component.urn) ?? []);
    for (const { urn } of folded) paths.set(urn, own);
    const detail = open ? shortType(component.type) : `${shortType(component.type)}, ${plural(folded.length)}`;
    return { id, label: component.name, detail, kind: "component", children };
  }

  /** Each by itself, or folded: by type, or all into one beside inner components. */
  function resourceNodes(own: readonly PlannedResource[], path: string[], together: boolean): GraphNode[] {
    const keyOf = ({ urn, type }: PlannedResource) => (full ? urn : together ? "" : type);
    return [...Map.groupBy(own, keyOf).values()].map((same) => {
      const id = nextId();
      for (const { urn } of same) paths.set(urn, [...path, id]);
      const [first] = same as [PlannedResource];
      const label = same.length === 1 ? first.name : together ? "its own" : shortType(first.type);
      return {
        id,
        label,
        detail: same.length === 1 ? shortType(first.type) : plural(same.length),
        kind: "resource",
        children: [],
      };
    });
  }

  function nextId(): string {
    numbers += 1;
    return `n${numbers}`;
  }
}

/** Between the boxes that hold the two and stand side by side. */
function edgesBetween(resources: readonly PlannedResource[], paths: ReadonlyMap<string, string[]>): GraphEdge[] {
  const edges: GraphEdge[] = [];
  for (const resource of resources) {
    for (const urn of [...resource.dependencies, ...Object.values(resource.propertyDependencies).flat()]) {
      const [one, other] = [paths.get(resource.urn) ?? [], paths.get(urn) ?? []];
      const at = one.findIndex((id, index) => other[index] !== id);
      const [from, to] = [one[at], other[at]];
      if (from !== undefined && to !== undefined) edges.push({ from, to });
    }
  }
  return edges;
}

function distinct(edges: readonly GraphEdge[]): GraphEdge[] {
  const byEnds = new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge]));
  return [...byEnds.keys()].sort(compareText).map((key) => byEnds.get(key)!);
}

const plural = (n: number) => `${n} resource${n === 1 ? "" : "s"}`;
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
