import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EXIT, Failure } from "../failure.ts";
import { findRehearsal } from "./client.ts";
import { serve } from "./server.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairway-socket-"));
  path = join(folder, "s.sock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ping = async (_: unknown, send: (value: unknown) => void) => send({ pid: process.pid });

async function answers(what: string): Promise<unknown[]> {
  const client = await findRehearsal(path);
  const values: unknown[] = [];
  for await (const value of client!.ask(what)) values.push(value);
  return values;
}

describe("a rehearsal's socket", () => {
  test("is not found where nothing serves, nor where a killed rehearsal left its file", async () => {
    expect(await findRehearsal(path)).toBeUndefined();
    leaveStaleSocket();
    expect(await findRehearsal(path)).toBeUndefined();
  });

  test("takes the place of one that a killed rehearsal left", async () => {
    leaveStaleSocket();
    const server = await serve(path, { ping });
    expect(await answers("ping")).toEqual([{ pid: process.pid }]);
    await server.close();
  });

  test("is refused while another rehearsal serves there, which goes on serving", async () => {
    const first = await serve(path, { ping });
    await expect(serve(path, { ping })).rejects.toThrow(/another rehearsal of this checkout has just started/);
    expect(await answers("ping")).toEqual([{ pid: process.pid }]);
    await first.close();
  });

  test("hands out an answer that is ready before it closes", async () => {
    const ended = Promise.withResolvers<void>();
    const server = await serve(path, {
      ping,
      down: async (_, send) => {
        ended.resolve();
        send({ kind: "result" });
      },
    });
    const asked = answers("down");
    await ended.promise;
    await server.close();
    expect(await asked).toEqual([{ kind: "result" }]);
    expect(existsSync(path)).toBe(false);
  });

  test("ends what only follows when it closes", async () => {
    const server = await serve(path, {
      ping,
      logs: async (_, send, gone) => {
        send("line");
        await once(gone, "abort");
      },
    });
    const client = await findRehearsal(path);
    const lines = client!.ask("logs");
    expect((await lines.next()).value).toBe("line");
    await server.close();
    expect((await lines.next()).done).toBe(true);
  });

  test("passes on why a request failed, and the exit code that says it", async () => {
    const server = await serve(path, {
      ping,
      up: async () => {
        throw new Failure("no guarded change has that name", EXIT.usage);
      },
    });
    await expect(answers("up")).rejects.toMatchObject({ message: "no guarded change has that name", exitCode: EXIT.usage });
    await server.close();
  });
});

describe("a client", () => {
  test("is told when the rehearsal is killed half-way through an answer", async () => {
    const server = createServer((socket) => {
      socket.once("data", (request) => {
        const ping = request.toString().startsWith("POST /ping");
        socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{}\n\r\n${ping ? "0\r\n\r\n" : ""}`, () => {
          if (!ping) socket.destroy();
        });
      });
    }).listen(path);
    await once(server, "listening");
    await expect(answers("up")).rejects.toThrow("the rehearsal ended before it answered");
    await close(server);
  });
});

/** What `kill -9` leaves: a socket's file that nobody listens at. */
function leaveStaleSocket(): void {
  const script = `require("node:net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`;
  try {
    execFileSync(process.execPath, ["-e", script], { stdio: "ignore" });
  } catch {
    // Killed, as it should be.
  }
  if (!existsSync(path)) writeFileSync(path, "");
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, "close");
}
