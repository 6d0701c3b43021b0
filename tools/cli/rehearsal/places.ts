import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { stateFolder } from "../workspace/checkout.ts";
import { writeAtomically } from "../workspace/write-atomically.ts";

/** Folder of all states of a checkout: `<project>/<stack>` in it. */
export const statesFolder = (root: string) => join(stateFolder(root), "state");

/**
 * Socket by which other commands reach the rehearsal of this checkout. Not in the checkout: a socket's path holds at most
 * about 100 bytes, and a checkout's may be longer.
 */
export function socketPath(root: string): string {
  const folder = join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `fairway-${userInfo().username}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${createHash("sha256").update(root).digest("hex").slice(0, 16)}.sock`);
}

/** The last environment, the one that matters most, has the port that people remember. */
const FIRST_PORT = 8080;
const PORT_STEP = 10;

/**
 * Loopback port of each environment's load balancer: as asked for, else as last time, else 8080, 8090, … from the last
 * environment backwards. Kept in the state folder.
 *
 * @param wanted `--port` values: `production=9080`
 */
export function choosePorts(root: string, environments: readonly string[], wanted: readonly string[]): Record<string, number> {
  const file = join(stateFolder(root), "ports.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, number>) : {};
  const asked = Object.fromEntries(wanted.map((text) => parsePort(text, environments)));
  const standard = environments.toReversed().map((name, index) => [name, FIRST_PORT + index * PORT_STEP] as const);
  const ports = { ...Object.fromEntries(standard), ...kept, ...asked };
  mkdirSync(stateFolder(root), { recursive: true });
  writeAtomically(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}

function parsePort(text: string, environments: readonly string[]): [string, number] {
  const [, name = "", digits = ""] = /^([^=]+)=(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (!environments.includes(name) || port < 1 || port > 65_535) {
    throw new Failure(
      `--port ${text}: write ENVIRONMENT=PORT, for example --port ${environments.at(-1)}=9080. Environments: ${environments.join(", ")}.`,
      2,
    );
  }
  return [name, port];
}
