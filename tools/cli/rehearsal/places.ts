import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { EXIT, Failure } from "../failure.ts";
import { stateFolder } from "../workspace/checkout.ts";
import { writeAtomically } from "../workspace/write-atomically.ts";

/** Folder of all states of a checkout: `<project>/<stack>` in it. */
export const statesFolder = (root: string) => join(stateFolder(root), "state");

/** Longest path of a socket in bytes, as macOS has it (104 with the end mark; Linux takes 108). */
const LONGEST_SOCKET = 100;

/**
 * Socket by which other commands reach the rehearsal of this checkout. Not in the checkout, whose path may be longer than a
 * socket's may be.
 *
 * @throws Failure when others may enter its folder: they could answer in the rehearsal's place
 */
export function socketPath(root: string, temporary: string = process.env.XDG_RUNTIME_DIR ?? tmpdir()): string {
  const { username, uid } = userInfo();
  const inside = join(`fairway-${username}`, `${createHash("sha256").update(root).digest("hex").slice(0, 16)}.sock`);
  const usable = existsSync(temporary) && Buffer.byteLength(join(temporary, inside)) < LONGEST_SOCKET;
  const path = join(usable ? temporary : "/tmp", inside);
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid: owner, mode } = statSync(folder);
  if (owner !== uid) throw new Failure(`${folder} belongs to another user, who could answer as your rehearsal. Have it removed.`);
  if ((mode & 0o077) !== 0)
    throw new Failure(`${folder} may be entered by others, who could answer as your rehearsal. Close it: chmod 700 ${folder}`);
  return path;
}

/** The last environment, the one that matters most, has the port that people remember. */
const FIRST_PORT = 8080;
const PORT_STEP = 10;

/**
 * Loopback port of each environment's load balancer: as asked for, else as last time, else the next free one of 8080, 8090, …
 * from the last environment backwards.
 *
 * @param wanted `--port` values: `production=9080`
 * @throws Failure when one of `wanted` makes no sense, two environments would share a port, or the kept ones can't be read
 */
export function choosePorts(root: string, environments: readonly string[], wanted: readonly string[]): Record<string, number> {
  const asked = Object.fromEntries(wanted.map((text) => parsePort(text, environments)));
  const ports: Record<string, number> = { ...keptPorts(root, environments), ...asked };
  for (const name of environments.toReversed()) {
    const taken = new Set(Object.values(ports));
    let port = FIRST_PORT;
    while (taken.has(port)) port += PORT_STEP;
    ports[name] ??= port;
  }
  for (const [port, names] of Map.groupBy(environments, (name) => ports[name])) {
    if (names.length > 1)
      throw new Failure(`port ${port} is for ${names.join(" and ")}. Give one another: --port ${names[0]}=PORT`, EXIT.usage);
  }
  return ports;
}

/** Remembers them for the next time. */
export function keepPorts(root: string, ports: Record<string, number>): void {
  mkdirSync(stateFolder(root), { recursive: true });
  writeAtomically(portsFile(root), `${JSON.stringify(ports, null, 2)}\n`);
}

const portsFile = (root: string) => join(stateFolder(root), "ports.json");

function keptPorts(root: string, environments: readonly string[]): Record<string, number> {
  const file = portsFile(root);
  if (!existsSync(file)) return {};
  try {
    const kept = JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
    // An environment that left the settings must not get a load balancer.
    return Object.fromEntries(Object.entries(kept).filter(([name]) => environments.includes(name)));
  } catch (error) {
    throw new Failure(`${file} can't be read: ${(error as Error).message}. Delete it: it only holds the ports of last time.`);
  }
}

function parsePort(text: string, environments: readonly string[]): [string, number] {
  const [, name = "", digits = ""] = /^([^=]+)=(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (!environments.includes(name) || port < 1 || port > 65_535) {
    throw new Failure(
      `--port ${text}: write ENVIRONMENT=PORT, for example --port ${environments.at(-1)}=9080. Environments: ${environments.join(", ")}.`,
      EXIT.usage,
    );
  }
  return [name, port];
}
