import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readYaml } from "../../workspace/programs.ts";
import type { PulumiCli, Requirement } from "./pulumi-cli.ts";

/** Milliseconds for `pulumi version`: the npm launcher fetches the CLI when it is called first. */
const TIMEOUT = 5_000;

/** The Pulumi CLI of this machine, without asking any backend. */
export function pulumiOfThisMachine(environment: NodeJS.ProcessEnv = process.env): PulumiCli {
  return {
    version: async () => {
      try {
        const env = { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" };
        return (await promisify(execFile)("pulumi", ["version"], { timeout: TIMEOUT, env })).stdout.trim();
      } catch {
        return undefined;
      }
    },
    backend: async () => environment.PULUMI_BACKEND_URL || loggedIn(environment),
  };
}

/** `pulumi login` writes where it is logged in to. Only that is read: the file holds tokens too. */
function loggedIn(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = environment.PULUMI_CREDENTIALS_PATH || environment.PULUMI_HOME || join(homedir(), ".pulumi");
  try {
    const { current } = JSON.parse(readFileSync(join(folder, "credentials.json"), "utf8")) as { current?: string };
    return current || undefined;
  } catch {
    return undefined;
  }
}

/** The `requiredPulumiVersion` of every project that has one. */
export function requirements(programs: readonly { project: string; folder: string }[]): Requirement[] {
  return programs.flatMap(({ project, folder }) => {
    const { requiredPulumiVersion: range } = readYaml(join(folder, "Pulumi.yaml"), project);
    return typeof range === "string" ? [{ project, range }] : [];
  });
}
