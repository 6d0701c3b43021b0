import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { type Platform, SHARED } from "@fairway/settings";
import { EXIT, Failure } from "../failure.ts";

/** A Pulumi project of a checkout. */
export interface Program {
  project: string;
  /** Absolute. */
  folder: string;
  /** Absolute folder of the service whose workload it provisions; its image is configuration of the project. */
  service: string | undefined;
  /** Stacks that it has a `Pulumi.<stack>.yaml` for. */
  configured: string[];
  /** Which stacks it should have: `fairway.stacks` of its package.json. */
  stacks: ("shared" | "environments")[];
  /** It has stacks only in environments with this runtime: `fairway.runtime` of its package.json. */
  runtime: "ecs" | "kubernetes" | undefined;
  /** The `config:` schema of its Pulumi.yaml. */
  schema: Record<string, unknown>;
}

/** Folders whose subfolders, or a folder in each of them, may hold a project. */
const PLACES = [
  { under: "infra/stacks", inside: "" },
  { under: "services", inside: "data" },
  { under: "services", inside: "infra" },
];

/** Every Pulumi project of a checkout: infrastructure first, then services, by name. */
export function findPrograms(root: string): Program[] {
  return PLACES.flatMap(({ under, inside }) =>
    subfolders(join(root, under)).flatMap((name) => {
      const folder = join(root, under, name, inside);
      return existsSync(join(folder, "Pulumi.yaml"))
        ? [readProgram(root, folder, inside === "infra" ? join(root, under, name) : undefined)]
        : [];
    }),
  );
}

/** The stacks that a program has on a platform: its environments in promotion order, then "shared". */
export function stackNames(program: Program, platform: Platform): string[] {
  const environments = Object.values(platform.environments).filter(
    ({ runtimes }) => program.runtime === undefined || runtimes.includes(program.runtime),
  );
  return [
    ...(program.stacks.includes("environments") ? environments.map(({ name }) => name) : []),
    ...(program.stacks.includes("shared") ? [SHARED] : []),
  ];
}

/** @throws naming the projects that there are */
export function choosePrograms(programs: readonly Program[], names: readonly string[]): Program[] {
  const unknown = names.filter((name) => !programs.some(({ project }) => project === name));
  if (unknown.length > 0) {
    throw new Failure(
      `there is no project "${unknown.join('", "')}". There are ${programs.map(({ project }) => project).join(", ")}.`,
      EXIT.usage,
    );
  }
  return names.length === 0 ? [...programs] : programs.filter(({ project }) => names.includes(project));
}

function readProgram(root: string, folder: string, service: string | undefined): Program {
  const file = join(folder, "Pulumi.yaml");
  const content = readYaml(file, relative(root, file));
  if (typeof content.name !== "string") throw new Failure(`${relative(root, file)}: no "name". Give the project one.`);
  const configured = readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
  const schema = (content.config ?? {}) as Record<string, unknown>;
  return { project: content.name, folder, service, configured, schema, ...readPlacement(root, folder) };
}

const STACKS = ["shared", "environments"] as const;
const RUNTIMES = ["ecs", "kubernetes"] as const;

/** @throws when package.json says what is no kind of stack or runtime */
function readPlacement(root: string, folder: string): Pick<Program, "stacks" | "runtime"> {
  const file = join(folder, "package.json");
  const { fairway = {} } = existsSync(file)
    ? (readYaml(file, relative(root, file)) as { fairway?: Record<string, unknown> })
    : {};
  const { stacks = ["environments"], runtime } = fairway;
  const wrong = (key: string, value: unknown, allowed: readonly string[]) =>
    new Failure(`${relative(root, file)}: fairway.${key} is ${JSON.stringify(value)}. Allowed: ${allowed.join(", ")}.`);
  const isOneOf = <T extends string>(values: readonly T[], value: unknown): value is T => values.includes(value as T);
  if (!Array.isArray(stacks) || !stacks.every((stack) => isOneOf(STACKS, stack))) throw wrong("stacks", stacks, STACKS);
  if (runtime !== undefined && !isOneOf(RUNTIMES, runtime)) throw wrong("runtime", runtime, RUNTIMES);
  return { stacks, runtime };
}

/** @throws naming the file and the line that can't be read */
export function readYaml(file: string, shown: string): Record<string, unknown> {
  try {
    return (parse(readFileSync(file, "utf8")) ?? {}) as Record<string, unknown>;
  } catch (error) {
    throw new Failure(`${shown}: ${(error as Error).message}`);
  }
}

function subfolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
