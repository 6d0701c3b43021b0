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
    const say = (/** @type {string} */ line) => console.error(line);
    // Side by side, and both to the end: leaving at the first failure would leave the other's npm running.
    const [node, installed] = await Promise.allSettled([ensureNode({ say }), ensureInstalled({ root: ROOT, say })]);
    if (node.status === "rejected") throw node.reason;
    if (installed.status === "rejected") throw installed.reason;
    await run(node.value, join(ROOT, target.script), [...target.args, ...rest]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exit(1);
  }
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
