import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { EXIT, Failure } from "../failure.ts";

/** A Pulumi project of a checkout. */
export interface Program {
  project: string;
  /** Absolute. */
  folder: string;
  /** Absolute folder of the service whose workload it provisions; its image is configuration of the project. */
  service: string | undefined;
  /** Environments that it has a `Pulumi.<env>.yaml` for. */
  environments: string[];
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
  const environments = readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
  return { project: content.name, folder, service, environments, schema: (content.config ?? {}) as Record<string, unknown> };
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
