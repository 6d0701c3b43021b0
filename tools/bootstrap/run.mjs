import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";

/**
 * The environment in which `node` means the given binary, for everything that is started from here.
 *
 * @param {string} node
 * @param {NodeJS.ProcessEnv} [env]
 */
export function nodeFirst(node, env = process.env) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [name]: [dirname(node), env[name]].filter(Boolean).join(delimiter) };
}

/**
 * Runs a script on another Node and becomes its shadow: its output, its signals, its exit code.
 *
 * @param {string} node
 * @param {string[]} args script and arguments
 * @returns {Promise<never>}
 */
export function becomeOn(node, args) {
  return new Promise((_, reject) => {
    const child = spawn(node, args, { stdio: "inherit", env: nodeFirst(node) });
    child.on("error", reject);
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      // A terminal sends Ctrl-C to both of us: passing it on would reach the child twice, and many take the second as "at once".
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    /** @type {NodeJS.Signals[]} */
    const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];
    for (const signal of signals) process.on(signal, pass);
    child.on("close", (code, signal) => {
      for (const each of signals) process.off(each, pass);
      if (signal !== null) process.kill(process.pid, signal);
      else process.exit(code ?? 1);
    });
  });
}
