import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FileSystem } from "./files.ts";
import type { LockHolder, Processes } from "./lock-holder.ts";
import { StateLockedError } from "./errors.ts";
import { realFiles } from "./files.ts";
import { isAlive, thisProcess } from "./lock-holder.ts";
import { takeLock } from "./lock.ts";
import { unsynced } from "./testing.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairway-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const now = new Date("2026-11-23T10:00:00Z");
const dead: LockHolder = {
  pid: 1,
  started: "another boot 1",
  command: "fairway rehearse",
  since: "2026-11-22T10:00:00.000Z",
  nonce: "d0",
};

describe("the lock of a state", () => {
  test("is refused while its holder lives, with an error that names process, command, since when, and what to do", async () => {
    const lock = await takeLock(realFiles, folder, "stack staging of network", now);
    const refused = takeLock(realFiles, folder, "stack staging of network", now);
    await expect(refused).rejects.toThrow(StateLockedError);
    await expect(refused).rejects.toThrow(
      new RegExp(
        `stack staging of network is being updated by process ${process.pid} \\(.+\\) since 2026-11-23T10:00:00\\.000Z.*kill ${process.pid}`,
      ),
    );
    await lock.release();
    await (await takeLock(realFiles, folder, "it", now)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  test("is taken over from a holder whose number now belongs to another process", async () => {
    await writeFile(join(folder, "lock"), JSON.stringify(dead));
    const lock = await takeLock(realFiles, folder, "it", now);
    expect(await readdir(folder)).toEqual(["lock"]);
    await lock.release();
  });

  test("is not taken when the file says nothing of its holder, and the error says what to do", async () => {
    await writeFile(join(folder, "lock"), "");
    await expect(takeLock(realFiles, folder, "it", now)).rejects.toThrow(/can't be read.*remove the file and run again/);
    expect(await readdir(folder)).toEqual(["lock"]);
  });

  test("is not taken by one that looked before another took it over and acts after that tidied up", async () => {
    await writeFile(join(folder, "lock"), JSON.stringify(dead));
    const slow = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<void>();
    const late: FileSystem = {
      ...realFiles,
      link: async (from, to) => {
        if (String(to).includes("takeover")) {
          looked.resolve();
          await slow.promise;
        }
        return realFiles.link(from, to);
      },
    };
    const refused = takeLock(late, folder, "it", now);
    await looked.promise;
    const lock = await takeLock(realFiles, folder, "it", now);
    slow.resolve();
    await expect(refused).rejects.toThrow(StateLockedError);
    expect(await readdir(folder)).toEqual(["lock"]);
    await lock.release();
  });

  test("is never held by two, in whatever order their steps come and wherever one of them dies", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.boolean(),
        fc.array(fc.record({ diesAt: fc.option(fc.integer({ min: 1, max: 12 })), releases: fc.boolean() }), {
          minLength: 2,
          maxLength: 4,
        }),
        async (scheduler, stale, contenders) => {
          const place = await mkdtemp(join(folder, "round-"));
          if (stale) await writeFile(join(place, "lock"), JSON.stringify(dead));
          const living = new Set(contenders.map((_, i) => 100 + i));
          let holders = 0;
          let wins = 0;

          const attempts = contenders.map(async ({ diesAt, releases }, i) => {
            const pid = 100 + i;
            const processes: Processes = {
              self: (since) => ({ ...thisProcess(since), pid, nonce: `n${i}` }),
              isAlive: (holder) => living.has(holder.pid),
            };
            let steps = 0;
            const step = async () => {
              await scheduler.schedule(Promise.resolve(), `step of ${pid}`);
              steps += 1;
              if (steps !== diesAt) return;
              living.delete(pid);
              throw new Died();
            };
            let holding = false;
            try {
              const lock = await takeLock(stepwise(step), place, "it", now, processes);
              holding = true;
              holders += 1;
              wins += 1;
              expect(holders).toBe(1);
              await step();
              if (!releases) return;
              holding = false;
              holders -= 1;
              await lock.release();
            } catch (error) {
              if (error instanceof Died && holding) holders -= 1;
              if (!(error instanceof Died) && !(error instanceof StateLockedError)) throw error;
            }
          });

          await scheduler.waitFor(Promise.all(attempts));
          const someoneDied = contenders.some(({ diesAt }) => diesAt !== null);
          expect(someoneDied || wins > 0).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("a lock's holder", () => {
  test("is alive as long as the process with its number is the one that was started then", () => {
    const me = thisProcess(now);
    expect(isAlive(me)).toBe(true);
    expect(isAlive({ ...me, started: "another boot 1" })).toBe(process.platform !== "linux");
    expect(isAlive({ pid: 2 ** 22 + 1, started: undefined })).toBe(false); // above Linux's largest process number
  });
});

class Died extends Error {}

/** The file system with a step before each call. A dead process does no more: its clean-up in `catch` and `finally` fails too. */
function stepwise(step: () => Promise<void>): FileSystem {
  let died = false;
  const guard = async () => {
    if (died) throw new Died();
    try {
      await step();
    } catch (error) {
      died = true;
      throw error;
    }
  };
  return new Proxy(unsynced, {
    get:
      (target, name: keyof FileSystem) =>
      async (...args: never[]) => {
        await guard();
        return (target[name] as (...args: never[]) => unknown)(...args);
      },
  });
}
