import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openKey } from "../keys.ts";
import { openStateStore } from "../store.ts";
import { names } from "../testing.ts";

let folder: string;
let running: Contender[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairway-processes-"));
});
afterEach(async () => {
  await Promise.all(running.map((contender) => contender.kill()));
  running = [];
  await rm(folder, { recursive: true, force: true });
});

describe("real processes", () => {
  test("race for one lock, free or left by a dead process: exactly one has it, 20 times", async () => {
    const left = await contender();
    const contenders = [await contender(), await contender()];
    for (let round = 0; round < 20; round++) {
      const stack = `s${round}`;
      if (round % 2 === 1) await leaveLock(stack, left.pid);
      if (round === 0) await left.kill();
      const answers = await Promise.all(contenders.map((it) => it.ask(`open ${stack}`)));
      const winner = answers.indexOf("won");
      expect([round, answers.filter((answer) => answer === "won")]).toEqual([round, ["won"]]);
      expect(answers[1 - winner]).toMatch(
        new RegExp(`^refused StateLockedError: .* by process ${contenders[winner]!.pid} .* since 20\\d\\d-`),
      );
      await contenders[winner]!.ask("close");
      expect((await readdir(join(folder, "p", stack))).toSorted()).toEqual(["journal.ndjson", "state.json"]);
    }
  });

  test("killed with kill -9 while committing lose no commit that had resolved, and their lock is taken over", async () => {
    for (const commits of [1, 7, 30]) {
      const stack = `killed-after-${commits}`;
      const writer = await contender();
      expect(await writer.ask(`open ${stack}`)).toBe("won");
      writer.tell("commit");
      for (let n = 1; n <= commits; n++) expect(await writer.next()).toBe(`committed ${n}`);
      await writer.kill();
      let resolved = commits;
      for (const line of writer.rest()) resolved = Number(line.split(" ")[1]);

      const state = await openStateStore({ folder, project: "p", stack, key: openKey({ folder: join(folder, "key") }) });
      const found = names(state.resources());
      expect(found).toEqual(Array.from({ length: found.length }, (_, i) => `r${i + 1}`));
      // One more may have reached the disk before its "committed" was written.
      expect([resolved, resolved + 1]).toContain(found.length);
      await state.close();
    }
  });

  test("that start at once with no key yet all use the same one", async () => {
    const [one, two] = [await contender(), await contender()];
    expect(await Promise.all([one.ask("open x"), two.ask("open y")])).toEqual(["won", "won"]);
    await Promise.all([one.ask("close"), two.ask("close")]);
    expect(await Promise.all([one.ask("open y"), two.ask("open x")])).toEqual(["won", "won"]);
    expect(await readdir(join(folder, "key"))).toEqual(["state.key"]);
  });
});

interface Contender {
  pid: number;
  tell(line: string): void;
  next(): Promise<string>;
  ask(line: string): Promise<string>;
  /** Lines that were written and not read. After the process ended, all of them. */
  rest(): string[];
  kill(): Promise<void>;
}

async function contender(): Promise<Contender> {
  const program = fileURLToPath(new URL("./contender.fixture.ts", import.meta.url));
  const child = spawn(process.execPath, [program, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    const first = waiting.shift();
    if (first === undefined) lines.push(line);
    else first(line);
  });
  const ended = once(reader, "close");
  const self: Contender = {
    pid: child.pid!,
    tell: (line) => void child.stdin.write(`${line}\n`),
    next: () => (lines.length > 0 ? Promise.resolve(lines.shift()!) : new Promise((resolve) => waiting.push(resolve))),
    ask: (line) => {
      self.tell(line);
      return self.next();
    },
    rest: () => lines.filter((line) => line.startsWith("committed")),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
  running.push(self);
  return self;
}

async function leaveLock(stack: string, pid: number): Promise<void> {
  await mkdir(join(folder, "p", stack), { recursive: true });
  const holder = {
    pid,
    started: "another boot 1",
    command: "fairway rehearse",
    since: "2026-11-22T10:00:00.000Z",
    nonce: `left-${stack}`,
  };
  await writeFile(join(folder, "p", stack, "lock"), JSON.stringify(holder));
}
