import { spawn } from "node:child_process";

/** Something that the user must put right: printed without a stack trace, as what is wrong and then what to do. */
export class Refusal extends Error {
  /**
   * @param {string} problem
   * @param {string} remedy
   */
  constructor(problem, remedy) {
    super(`${problem}\n${remedy}`);
    this.name = "Refusal";
  }
}

/**
 * Runs npm, quietly.
 *
 * @param {string[]} args
 * @param {string} cwd
 * @param {AbortSignal} [signal] ends it early
 * @returns {Promise<{ code: number | null, output: string }>}
 * @throws {Refusal} when there is no npm
 */
export function runNpm(args, cwd, signal) {
  const quiet = ["--no-fund", "--no-audit", "--no-update-notifier", "--loglevel=error"];
  // npm's own patience, a minute for each package that can't be had, would leave a person without a network waiting for ten.
  const retries = ["--fetch-retries=2", "--fetch-retry-mintimeout=500", "--fetch-retry-factor=3"];
  // Under `npm start` npm says where it is; elsewhere it is on the PATH, on Windows as a script that only a shell can start.
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith("npm-cli.js") ? [process.execPath, [own]] : ["npm", []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args, ...quiet, ...retries], {
      cwd,
      signal,
      env: withoutNpmContext(process.env),
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && command === "npm",
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", (error) =>
      reject(
        "code" in error && error.code === "ENOENT"
          ? new Refusal(
              "Fairway installs its dependencies with npm, and there is no npm on the PATH.",
              "npm comes with Node: https://nodejs.org",
            )
          : error,
      ),
    );
    child.on("close", (code) => resolve({ code, output }));
  });
}

/**
 * The environment without what an outer npm put there for its own script: which package it runs in, its flags for one command.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function withoutNpmContext(env) {
  const context =
    /^npm_(package_|lifecycle_|command$|config_(local_prefix|prefix|workspace|workspaces|ignore_scripts)$)|^INIT_CWD$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !context.test(name)));
}

/**
 * What a failed npm run means for the person in front of it.
 *
 * @param {string} what what could not be done
 * @param {{ code: number | null, output: string }} result
 * @param {string} [otherwise] what else they could do
 */
export function explainNpmFailure(what, { code, output }, otherwise) {
  const remedy = (/** @type {string} */ first) => (otherwise === undefined ? first : `${first}\nOr: ${otherwise}.`);
  if (/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/.test(output)) {
    return new Refusal(
      `${what}: the npm registry can't be reached.`,
      remedy("Check the network, the proxy and npm's registry setting (npm config get registry)."),
    );
  }
  if (/\b(EACCES|EPERM|EROFS)\b/.test(output)) {
    return new Refusal(
      `${what}: this folder can't be written to.`,
      remedy("Use a checkout that belongs to you, on a disk that is not read-only."),
    );
  }
  if (/\bENOSPC\b/.test(output)) {
    return new Refusal(`${what}: no space is left on this disk.`, remedy("The installation needs about 1 GB."));
  }
  const last = output.trim().split("\n").slice(-12).join("\n");
  return new Refusal(
    `${what}: npm ended with ${code === null ? "a signal" : `exit code ${code}`}.\n\n${last}\n`,
    remedy("What npm says above is the reason."),
  );
}
