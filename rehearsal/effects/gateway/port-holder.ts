import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

/** Who listens on a loopback port, for example `node (process 4711)`; undefined when that can't be found out. */
export function portHolder(port: number): string | undefined {
  return fromProc(port) ?? fromLsof(port);
}

function fromProc(port: number): string | undefined {
  try {
    const inode = listeningInode(port);
    if (inode === undefined) return undefined;
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      if (holds(pid, inode)) return `${commandOf(pid)} (process ${pid})`;
    }
  } catch {
    // No /proc here, or it is not readable: lsof may know.
  }
  return undefined;
}

/** The command as it was typed, so that one of several of the same program is recognised. */
function commandOf(pid: string): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter(Boolean);
  return words.map((word, index) => (index === 0 ? basename(word) : word)).join(" ") || "a process";
}

function listeningInode(port: number): string | undefined {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of readFileSync(table, "utf8").split("\n").slice(1)) {
      const fields = line.trim().split(/\s+/);
      // Field 3 is the connection's state, 0A is listening; field 9 the socket's inode (proc_net_tcp.txt).
      if (fields[3] === "0A" && fields[1]?.endsWith(`:${wanted}`)) return fields[9];
    }
  }
  return undefined;
}

function holds(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false; // Another user's process, or one that just ended.
  }
}

function fromLsof(port: number): string | undefined {
  try {
    const fields = execFileSync("lsof", ["-nP", "-sTCP:LISTEN", `-iTCP:${port}`, "-Fpc"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 2000,
    }).split("\n");
    const pid = fields.find((field) => field.startsWith("p"))?.slice(1);
    const command = fields.find((field) => field.startsWith("c"))?.slice(1);
    return pid === undefined ? undefined : `${command ?? "a process"} (process ${pid})`;
  } catch {
    return undefined;
  }
}
