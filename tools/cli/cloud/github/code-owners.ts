import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Platform, platformTeam } from "@fairway/settings";
import { readIfThere } from "../../workspace/config-file.ts";
import { writeAtomically } from "../../workspace/write-atomically.ts";
import { different, MISSING, RIGHT, type Standing, type Step } from "../steps.ts";
import { githubTeam } from "./wanted.ts";

export const CODE_OWNERS = ".github/CODEOWNERS";

const BEGIN = "# fairway: written by `npx fairway init github` from platform.config.ts and services/*/service.ts.";
const END = "# fairway: end. The last line that fits a file counts, so these stay at the end.";

/** What the people who run the platform answer for: what is provisioned, what ships it, and what runs with its credentials. */
const PLATFORM_PATHS = [
  "/*",
  "/.github/",
  "/infra/",
  "/libs/",
  "/pipelines/",
  "/platform.config.ts",
  "/rehearsal/",
  "/tools/",
  // Exceptions to policies, each with an owner and an end.
  "/infra/policies/waivers.ts",
];

export interface OwnedService {
  /** Folder below `services`. */
  folder: string;
  /** Team of settings. */
  owner: string;
}

/** The lines that say whose review a change needs. @throws Failure for an owner that is no team */
export function codeOwners(platform: Platform, services: readonly OwnedService[]): string {
  const rows: [path: string, team: string][] = [
    ...PLATFORM_PATHS.map((path): [string, string] => [path, githubTeam(platform, platformTeam(platform))]),
    ...services.map(({ folder, owner }): [string, string] => [`/services/${folder}/`, githubTeam(platform, owner)]),
  ];
  const width = Math.max(...rows.map(([path]) => path.length));
  return [BEGIN, ...rows.map(([path, team]) => `${path.padEnd(width)} @${team}`), END].join("\n");
}

/**
 * A CODEOWNERS file with our lines in it. Other lines stay, above ours: the last that fits a file counts, and these must hold.
 */
export function mergeCodeOwners(text: string, ours: string): string {
  const lines = text.split("\n");
  const from = lines.indexOf(BEGIN);
  const to = lines.indexOf(END);
  const others = from >= 0 && to > from ? [...lines.slice(0, from), ...lines.slice(to + 1)] : lines;
  const above = others.join("\n").trim();
  return `${above === "" ? "" : `${above}\n\n`}${ours}\n`;
}

/** The file in this checkout. It counts once it is on main. */
export function codeOwnersStep(root: string, platform: Platform, services: readonly OwnedService[]): Step {
  const file = join(root, CODE_OWNERS);
  return { name: CODE_OWNERS, look, make };

  async function look(): Promise<Standing> {
    const present = readIfThere(file);
    if (present === "") return MISSING;
    return mergeCodeOwners(present, codeOwners(platform, services)) === present
      ? RIGHT
      : different("says otherwise than settings");
  }

  async function make() {
    mkdirSync(dirname(file), { recursive: true });
    writeAtomically(file, mergeCodeOwners(readIfThere(file), codeOwners(platform, services)));
  }
}

/** The services of a checkout and whose they are. */
export async function ownedServices(root: string): Promise<OwnedService[]> {
  const folder = join(root, "services");
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const found = await Promise.all(
    names.map(async (name): Promise<OwnedService[]> => {
      const file = join(folder, name, "service.ts");
      if (!existsSync(file)) return [];
      const { default: service } = (await import(pathToFileURL(file).href)) as { default: { owner: string } };
      return [{ folder: name, owner: service.owner }];
    }),
  );
  return found.flat();
}
