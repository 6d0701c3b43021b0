import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { Refusal } from "./npm.mjs";
import { becomeOn, nodeFirst } from "./run.mjs";
import { ensureNode, ROOT } from "./toolchain.mjs";

/**
 * What can be started: the script, and the arguments that it gets before the user's.
 *
 * @type {Record<string, { script: string, args: string[] }>}
 */
const VERBS = {
  start: { script: "tools/cli/bin/fairway.mjs", args: ["start"] },
  test: { script: "tools/checks/main.ts", args: [] },
  lint: { script: "node_modules/oxlint/bin/oxlint", args: ["--type-aware", "--deny-warnings"] },
  typecheck: { script: "node_modules/ts7/bin/tsc", args: ["--noEmit", "-p", "tsconfig.json"] },
  format: { script: "node_modules/prettier/bin/prettier.cjs", args: ["--write", "--log-level=warn", "."] },
  nx: { script: "node_modules/nx/dist/bin/nx.js", args: [] },
};

/**
 * Brings dependencies and Node up to date, then runs the verb on the pinned Node.
 *
 * @param {string[]} argv verb and its arguments
 */
export async function main(argv) {
  const [verb = "", ...rest] = argv;
  const target = VERBS[verb];
  if (target === undefined) {
    console.error(`usage: node tools/bootstrap.mjs ${Object.keys(VERBS).join("|")} [argument …]`);
    process.exit(2);
  }
  try {
    const node = await prepare();
    await run(node, join(ROOT, target.script), [...target.args, ...rest]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Fetches what is missing, Node and packages side by side; the first failure ends the other. Returns the Node to run on. */
async function prepare() {
  const say = (/** @type {string} */ line) => console.error(line);
  const failed = new AbortController();
  const { signal } = failed;
  const work = [ensureNode({ say, signal }), ensureInstalled({ root: ROOT, say, signal })].map((each) =>
    each.catch((error) => {
      failed.abort(error);
      return undefined;
    }),
  );
  const [node] = await Promise.all(work);
  if (signal.aborted) throw signal.reason;
  return /** @type {string} */ (node);
}

/**
 * @param {string} node
 * @param {string} script
 * @param {string[]} args
 */
async function run(node, script, args) {
  if (node !== process.execPath) return becomeOn(node, [script, ...args]);
  Object.assign(process.env, nodeFirst(node));
  process.argv = [node, script, ...args];
  await import(pathToFileURL(script).href);
}
