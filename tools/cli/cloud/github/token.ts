import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Milliseconds for `gh` to answer. */
const TIMEOUT = 5_000;

/** GitHub's API for this machine: Enterprise servers and Actions say it in GITHUB_API_URL. */
export const githubApiUrl = (environment: NodeJS.ProcessEnv = process.env) =>
  environment.GITHUB_API_URL ?? "https://api.github.com";

/** GITHUB_TOKEN, GH_TOKEN, or what `gh` is logged in with; undefined when there is none. Never print it. */
export async function githubToken(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const given = environment.GITHUB_TOKEN || environment.GH_TOKEN;
  if (given) return given;
  try {
    const { stdout } = await promisify(execFile)("gh", ["auth", "token"], { timeout: TIMEOUT, env: environment });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

export const NO_TOKEN =
  "no GitHub token. Log in with `gh auth login`, or set GITHUB_TOKEN to a fine-grained one for this repository with " +
  "administration (write), contents and metadata (read), and organisation members (read).";
