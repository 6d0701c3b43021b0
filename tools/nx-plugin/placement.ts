/** What a folder is by its place in the repository. */
export interface Placement {
  /** Folder of the project, for example "services/catalog/infra". */
  root: string;
  /** Its name in Nx and in commands, for example "catalog-infra". */
  name: string;
  /** What it may import follows from this; see tools/lint-rules/boundaries. */
  type: ProjectType;
  /** The service that it belongs to, if any. */
  service?: string;
}

export type ProjectType =
  | "lib"
  | "engine"
  | "planner"
  | "cloud"
  | "effects"
  | "component"
  | "stack"
  | "policies"
  | "cost"
  | "service-src"
  | "service-infra"
  | "delivery"
  | "workflows"
  | "operations"
  | "tool"
  | "bench";

/** From the outer folder to the inner one: the last that matches a path is its project. */
const PLACES: { pattern: RegExp; type: (name: string) => ProjectType }[] = [
  { pattern: /^(bench|runbooks|incidents)(?=\/|$)/, type: (name) => (name === "bench" ? "bench" : "operations") },
  { pattern: /^libs\/([^/]+)/, type: () => "lib" },
  { pattern: /^rehearsal\/(engine|planner|cloud|effects)(?=\/|$)/, type: (name) => name as ProjectType },
  { pattern: /^infra\/(components)(?=\/|$)/, type: () => "component" },
  { pattern: /^infra\/(policies|cost)(?=\/|$)/, type: (name) => name as ProjectType },
  { pattern: /^infra\/stacks\/([^/]+)/, type: () => "stack" },
  { pattern: /^pipelines\/(delivery|workflows)(?=\/|$)/, type: (name) => name as ProjectType },
  { pattern: /^tools\/([^/]+)/, type: () => "tool" },
  { pattern: /^services\/([^/]+)/, type: () => "service-src" },
  { pattern: /^services\/([^/]+)\/(infra|data)(?=\/|$)/, type: () => "service-infra" },
];

/**
 * The project that a path belongs to; undefined for what belongs to the whole repository, such as `platform.config.ts`.
 *
 * @param path relative to the root of the repository, with forward slashes
 * @example placement("services/catalog/infra/index.ts")?.name // "catalog-infra"
 */
export function placement(path: string): Placement | undefined {
  for (const place of PLACES.toReversed()) {
    const match = place.pattern.exec(path);
    if (match === null) continue;
    const [root, name = "", part] = match;
    const type = place.type(name);
    return {
      root,
      name: part === undefined ? name : `${name}-${part}`,
      type,
      ...(type.startsWith("service-") ? { service: name } : {}),
    };
  }
  return undefined;
}

/** Nx tags of a placement, for `nx show projects --projects tag:type:stack`. */
export function tags({ type, service }: Placement): string[] {
  return [`type:${type}`, ...(service === undefined ? [] : [`service:${service}`])];
}
