import type { FileHandle } from "node:fs/promises";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Edit } from "../types.ts";
import type { FileSystem } from "./files.ts";
import { openKey } from "../keys.ts";
import { openStateStore, StateWriteError } from "../store.ts";
import { names, resource } from "../testing.ts";
import { realFiles } from "./files.ts";
import { load } from "./load.ts";
import { unsynced, withMethods } from "./testing.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairway-space-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string): Edit => ({ kind: "put", resource: resource(name, { inputs: { text: "x".repeat(100) } }) });
const key = () => openKey({ folder: join(folder, "key") });
const open = (stack: string, fs: FileSystem = unsynced) =>
  openStateStore({ folder, project: "p", stack, key: key(), fs, compactEvery: 2 });
const placeOf = (stack: string) => {
  const [snapshot, journal] = ["state.json", "journal.ndjson"].map((name) => join(folder, "p", stack, name));
  return { what: "it", snapshot: snapshot!, journal: journal! };
};

/** Everything that a run does to the disk: open, commits of which one compacts, close. Answers with what was promised to be kept. */
async function run(stack: string, fs: FileSystem): Promise<{ kept: string[]; refused: string[]; errors: unknown[] }> {
  const result = { kept: [] as string[], refused: [] as string[], errors: [] as unknown[] };
  const state = await open(stack, fs).catch((error: unknown) => void result.errors.push(error));
  if (state === undefined) return result;
  for (const name of ["b", "c", "d"]) {
    await state.commit([put(name)]).then(
      () => result.kept.push(name),
      (error: unknown) => (result.refused.push(name), result.errors.push(error)),
    );
    // What is not on the disk is not in the answers either.
    expect(names(state.resources()).filter((it) => it !== "a")).toEqual(result.kept);
    // Nor, once a later commit was kept, is it on the disk, should the process die now.
    if (result.kept.at(-1) !== name) continue;
    const disk = await load(realFiles, placeOf(stack), "p", stack, key());
    expect(names(disk!.contents.resources()).filter((it) => it !== "a")).toEqual(result.kept);
  }
  await state.close();
  return result;
}

describe.each([
  ["for a moment", 1],
  ["for two writes, so that tidying up fails too", 2],
  ["for good", Infinity],
])("no space left %s, at any write", (_, failures) => {
  test.each(["an existing state", "a new state"])(
    "leaves %s readable with all that was committed, and the next run fine",
    async (which) => {
      let reached = true;
      let refusals = 0;
      for (let at = 1; reached; at++) {
        const stack = `s${at}`;
        const before = which === "a new state" ? [] : ["a"];
        if (before.length > 0) {
          const state = await open(stack);
          await state.commit([put("a")]);
          await state.close();
        }

        const disk = full({ at, failures });
        const { kept, errors } = await run(stack, disk.fs);
        reached = disk.reached();
        refusals += errors.length;
        for (const error of errors) {
          expect(error).toBeInstanceOf(StateWriteError);
          expect(error).toMatchObject({
            code: "ENOSPC",
            message: expect.stringMatching(
              /stack s\d+ of p: the state can't be written: .+: no space left.*Free some space and run again/,
            ),
          });
        }

        const next = await open(stack);
        expect([at, names(next.resources())]).toEqual([at, [...before, ...kept]]);
        await next.commit([put("z")]);
        await next.close();
        const last = await open(stack);
        expect([at, names(last.resources())]).toEqual([at, [...before, ...kept, "z"]]);
        await last.close();
        expect([at, (await readdir(join(folder, "p", stack))).toSorted()]).toEqual([at, ["journal.ndjson", "state.json"]]);
      }
      expect(refusals).toBeGreaterThan(5);
    },
  );
});

/** A disk that is full from its `at`-th write on, for so many writes. What is written then gets half-way, as on a real one. */
function full({ at, failures }: { at: number; failures: number }): { fs: FileSystem; reached: () => boolean } {
  let writes = 0;
  const fails = () => {
    writes += 1;
    return writes >= at && writes < at + failures;
  };
  const refuse = (syscall: string) => {
    if (fails()) throw noSpace(syscall);
  };
  const fs: FileSystem = {
    ...realFiles,
    mkdir: (async (path: string, options: { recursive: true }) => {
      refuse("mkdir");
      return realFiles.mkdir(path, options);
    }) as FileSystem["mkdir"],
    link: async (from, to) => {
      refuse("link");
      return realFiles.link(from, to);
    },
    rename: async (from, to) => {
      refuse("rename");
      return realFiles.rename(from, to);
    },
    open: async (path, flags, mode) => {
      if (flags !== "r") refuse("open");
      return fullHandle(await realFiles.open(path, flags, mode));
    },
  };
  return { fs, reached: () => writes >= at };

  function fullHandle(handle: FileHandle): FileHandle {
    const sync = async () => refuse("fsync");
    return withMethods(handle, {
      sync,
      datasync: sync,
      // Making a file shorter needs no space on most file systems; on those that copy on write it may.
      truncate: async (length) => {
        if (failures === 2) refuse("ftruncate");
        return handle.truncate(length);
      },
      writeFile: async (data) => {
        if (!fails()) return handle.writeFile(data);
        const bytes = Buffer.from(data as string);
        await handle.writeFile(bytes.subarray(0, bytes.length / 2));
        throw noSpace("write");
      },
    });
  }
}

function noSpace(syscall: string): Error {
  return Object.assign(new Error(`ENOSPC: no space left on device, ${syscall}`), { code: "ENOSPC", errno: -28, syscall });
}
