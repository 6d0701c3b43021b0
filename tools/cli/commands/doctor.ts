import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { scopeOf } from "@fairway/settings";
import type { Finding } from "../cloud/doctor/finding.ts";
import { Failure } from "../failure.ts";
import { findRehearsal } from "../rehearsal/client.ts";
import { choosePorts, socketPath } from "../rehearsal/places.ts";
import { styleOf } from "../terminal/style.ts";
import { chooseScopes, loadPlatform, ROOT, stateFolder } from "../workspace/checkout.ts";

const MINIMUM_FREE = 2 * 2 ** 30;

/** `fairway doctor`: what could stand in the way, each with its remedy. Reaches beyond this machine only with `env`. */
export async function doctor({ env, json }: { env?: string; json: boolean }): Promise<void> {
  const here = [node(), writable(), space(), ...(await Promise.all([settings(), git(), ports()]))];
  const findings = [...here, ...(env === undefined ? [await pulumi()] : await cloud(env))];
  if (json) console.log(JSON.stringify(findings, null, 2));
  else console.log(report(findings));
  const wrong = findings.filter(({ state }) => state === "wrong");
  if (wrong.length > 0) throw new Failure(`${wrong.length} to mend: ${[...new Set(wrong.map(({ check }) => check))].join(", ")}`);
}

function report(findings: readonly Finding[]): string {
  const { glyphs, colors } = styleOf(process.stdout);
  const mark = { fine: colors.green(glyphs.done), note: "-", wrong: colors.red(glyphs.failed) };
  const indent = " ".repeat(13);
  return findings
    .map(({ check, state, message, fix }) => {
      const text = message.replaceAll("\n", `\n${indent}`);
      return `${mark[state]} ${check.padEnd(10)} ${text}${fix ? `\n${indent}${glyphs.arrow} ${fix}` : ""}`;
    })
    .join("\n");
}

/** What an environment stands on outside of this machine, with the credentials that are here. */
async function cloud(env: string): Promise<Finding[]> {
  const platform = await loadPlatform();
  const [name = env] = chooseScopes(platform, [env]);
  const scope = scopeOf(platform, name);
  const [{ examine }, { realSurroundings }] = await Promise.all([
    import("../cloud/doctor/checks.ts"),
    import("../cloud/doctor/outside.ts"),
  ]);
  return examine(platform, scope, realSurroundings(platform, scope));
}

function node(): Finding {
  const pinned = readFileSync(join(ROOT, ".node-version"), "utf8").trim();
  const same = process.versions.node.split(".")[0] === pinned.split(".")[0];
  return {
    check: "node",
    state: same ? "fine" : "wrong",
    message: `${process.versions.node}${same ? "" : `, wanted ${pinned}: run through npm or npx, which fetch it`}`,
  };
}

function writable(): Finding {
  try {
    accessSync(ROOT, constants.W_OK);
    if (existsSync(stateFolder())) accessSync(stateFolder(), constants.W_OK);
    return { check: "checkout", state: "fine", message: `${ROOT} can be written` };
  } catch {
    return {
      check: "checkout",
      state: "wrong",
      message: `${ROOT} or .fairway/ in it can't be written, where state goes. Change the owner.`,
    };
  }
}

function space(): Finding {
  const { bavail, bsize } = statfsSync(ROOT);
  const free = bavail * bsize;
  const text = `${(free / 2 ** 30).toFixed(1)} GiB free`;
  return {
    check: "disk",
    state: free > MINIMUM_FREE ? "fine" : "wrong",
    message: free > MINIMUM_FREE ? text : `${text}: a rehearsal wants 2 GiB for states, bundles and logs`,
  };
}

async function settings(): Promise<Finding> {
  try {
    const platform = await loadPlatform();
    return { check: "settings", state: "fine", message: `${platform.name}: ${Object.keys(platform.environments).join(", ")}` };
  } catch (error) {
    return { check: "settings", state: "wrong", message: (error as Error).message.trim() };
  }
}

async function git(): Promise<Finding> {
  try {
    await promisify(execFile)("git", ["-C", ROOT, "rev-parse", "HEAD"]);
    return { check: "git", state: "fine", message: "this is a repository: plan --base works" };
  } catch {
    return { check: "git", state: "note", message: "no Git repository here: everything but plan --base works" };
  }
}

async function ports(): Promise<Finding> {
  if (await findRehearsal(socketPath(ROOT)))
    return { check: "ports", state: "fine", message: "a rehearsal of this checkout is running" };
  const platform = await loadPlatform().catch(() => undefined);
  let wanted: [environment: string, port: number][];
  try {
    wanted = Object.entries(choosePorts(ROOT, Object.keys(platform?.environments ?? {}), []));
  } catch (error) {
    return { check: "ports", state: "wrong", message: (error as Error).message };
  }
  const taken = (await Promise.all(wanted.map(async ([name, port]) => ((await isFree(port)) ? [] : [`${name}=${port}`])))).flat();
  if (taken.length === 0)
    return { check: "ports", state: "fine", message: wanted.map(([name, port]) => `${name} ${port}`).join(", ") };
  return {
    check: "ports",
    state: "wrong",
    message: `taken: ${taken.join(", ")}. Choose others: npx fairway rehearse --port ${taken[0]?.split("=")[0]}=PORT`,
  };
}

async function pulumi(): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", ["version"]);
    return { check: "pulumi", state: "fine", message: `${stdout.trim()}, for the cloud` };
  } catch {
    return { check: "pulumi", state: "note", message: "no Pulumi CLI: needed for the cloud only (npm install --global pulumi)" };
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
