import { posix } from "node:path";
import { type Placement, placement, type ProjectType } from "@fairway/nx-plugin/placement";
import { type Allowed, FOREIGN, MAY_IMPORT, MAY_READ_SETTINGS_FILE, TESTS_MAY_ALSO_IMPORT, TRIED_ON } from "./rules.ts";
import type { Packages } from "./workspace.ts";

/** One import, as written. */
export interface Import {
  /** The importing file, relative to the root with forward slashes. */
  from: string;
  specifier: string;
  packages: Packages;
}

const SETTINGS_FILE = "platform.config.ts";

/** Why an import is not allowed and what to do instead; undefined when it is. */
export function refusal({ from, specifier, packages }: Import): string | undefined {
  const importer = importerOf(from);
  if (importer === undefined) return undefined; // configuration of the whole repository
  return specifier.startsWith(".") ? ofPath(importer, from, specifier) : ofPackage(importer, from, specifier, packages);
}

type Importer = Pick<Placement, "root" | "name" | "type" | "service">;

function importerOf(from: string): Importer | undefined {
  // Settings stand at the root for the reader's sake; for their imports they are a library.
  return from === SETTINGS_FILE ? { root: ".", name: SETTINGS_FILE, type: "lib" } : placement(from);
}

function ofPath(importer: Importer, from: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(from), specifier);
  if (target === SETTINGS_FILE) {
    if (MAY_READ_SETTINGS_FILE.includes(importer.type) || isTest(from)) return undefined;
    return `${name(importer)} must not read ${SETTINGS_FILE}: take what it needs of it as a parameter.`;
  }
  const imported = placement(target);
  if (imported === undefined || imported.root === importer.root || importer.type === "tool" || importer.type === "bench")
    return undefined;
  return `"${specifier}" reaches into ${imported.root}. Import what it exports, by the name of its package.`;
}

function ofPackage(importer: Importer, from: string, specifier: string, packages: Packages): string | undefined {
  const foreign = FOREIGN.find(({ types, packages: banned }) => types.includes(importer.type) && banned.test(specifier));
  if (foreign !== undefined && !isTest(from)) return `${name(importer)} must not import "${specifier}": ${foreign.reason}.`;

  const [scope, unscoped, ...rest] = specifier.split("/");
  const root = packages.get(`${scope}/${unscoped}`);
  const imported = root === undefined ? undefined : placement(root);
  if (imported === undefined || imported.root === importer.root) return undefined;

  const allowed = MAY_IMPORT[importer.type];
  if (allowed === "everything") return undefined;
  if (isTest(from) && TESTS_MAY_ALSO_IMPORT.includes(imported.type)) return undefined;
  if ((isTest(from) || isFixture(from)) && TRIED_ON[importer.type]?.includes(imported.type)) return undefined;
  const entry = rest.length === 0 ? "." : rest.join("/");
  if (allowed.some((each) => permits(each, importer, imported, entry))) return undefined;
  if (imported.type === "tool")
    return `${name(importer)} must not import "${specifier}": nothing imports tools. Move what both need into libs.`;
  return `${name(importer)} must not import "${specifier}". It may import: ${allowed.map((each) => describe(each)).join("; ")}.`;
}

function permits(allowed: Allowed, importer: Importer, imported: Placement, entry: string): boolean {
  if (typeof allowed === "string") return allowed === imported.type;
  return (
    allowed.type === imported.type &&
    allowed.entries.includes(entry) &&
    (allowed.sameService !== true || importer.service === imported.service)
  );
}

const PLURALS: Partial<Record<ProjectType, string>> = {
  lib: "libs",
  engine: "the engine",
  component: "components",
  stack: "other stacks'",
  "service-src": "its own service's",
  "service-infra": "its own service's programs'",
  delivery: "delivery's",
};

function describe(allowed: Allowed): string {
  if (typeof allowed === "string") return PLURALS[allowed] ?? allowed;
  const entries = allowed.entries.map((entry) => (entry === "." ? "index" : `/${entry}`)).join(", ");
  return `${PLURALS[allowed.type] ?? allowed.type} ${entries}`;
}

function name(importer: Importer): string {
  return importer.root === "." ? importer.name : `${importer.root} (${importer.type})`;
}

function isFixture(path: string): boolean {
  return path.includes("/fixtures/");
}

function isTest(path: string): boolean {
  return path.endsWith(".test.ts");
}
