import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Edit } from "../types.ts";
import { openKey } from "../keys.ts";
import { openStateStore, StateCorruptError } from "../store.ts";
import { names, resource } from "../testing.ts";
import { realFiles } from "./files.ts";
import { load } from "./load.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairway-crash-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const key = () => openKey({ folder: join(folder, "key") });
const open = () => openStateStore({ folder, project: "p", stack: "s", key: key() });
const put = (name: string): Edit => ({ kind: "put", resource: resource(name) });
const file = (name: string, stack = "s") => join(folder, "p", stack, name);

/** A stack whose process died after three commits: "a" compacted, "b" and "c" in the journal. */
async function crashed(): Promise<{ journal: Buffer; secondLine: number }> {
  const first = await open();
  await first.commit([put("a")]);
  await first.close();
  const state = await open();
  await state.commit([put("b")]);
  await state.commit([put("c")]);
  const journal = await readFile(file("journal.ndjson"));
  await cp(file("."), file(".", "dead"), { recursive: true });
  await state.close();
  await rm(file("."), { recursive: true });
  await cp(file(".", "dead"), file("."), { recursive: true });
  await rm(file("lock"));
  return { journal, secondLine: journal.indexOf("\n") + 1 };
}

describe("a journal that a crash cut off", () => {
  test("at any byte of its last entry gives the state before that entry, and the next run goes on from there", async () => {
    const { journal, secondLine } = await crashed();
    const place = { what: "it", snapshot: file("state.json"), journal: file("journal.ndjson") };
    for (let length = secondLine; length < journal.length; length++) {
      await writeFile(place.journal, journal.subarray(0, length));
      const loaded = await load(realFiles, place, "p", "s", key());
      expect([length, names(loaded!.contents.resources()), loaded!.journalBytes]).toEqual([length, ["a", "b"], secondLine]);
    }

    const snapshot = await readFile(place.snapshot);
    for (const length of [secondLine, secondLine + 1, journal.length - 1]) {
      await writeFile(place.snapshot, snapshot);
      await writeFile(place.journal, journal.subarray(0, length));
      const next = await open();
      await next.commit([put("d")]);
      // As a second crash would leave it: nothing of the torn line is between the entries.
      const loaded = await load(realFiles, place, "p", "s", key());
      expect([length, names(loaded!.contents.resources())]).toEqual([length, ["a", "b", "d"]]);
      await next.close();
    }
  });

  test("and then has a full line that can't be read is corrupt: that line was promised to be kept", async () => {
    const { journal, secondLine } = await crashed();
    for (const damaged of [
      Buffer.concat([journal.subarray(0, secondLine - 20), journal.subarray(secondLine - 1)]),
      Buffer.concat([journal.subarray(0, secondLine), Buffer.from("{}\n")]),
      Buffer.from(journal.toString().replace("id-c", "id-x")),
      journal.subarray(secondLine),
    ]) {
      await writeFile(file("journal.ndjson"), damaged);
      await expect(open()).rejects.toThrow(StateCorruptError);
      await expect(open()).rejects.toThrow(/journal\.ndjson: line \d/);
      expect(await readFile(file("journal.ndjson"))).toEqual(damaged);
    }
    expect((await readdir(file("."))).filter((name) => name.startsWith("journal.ndjson.corrupt-"))).toHaveLength(4);
  });

  test("between the new snapshot and the emptying of the journal counts no entry twice", async () => {
    const { journal } = await crashed();
    const state = await open();
    await state.commit([{ kind: "remove", urn: resource("b").urn, generation: 0 }]);
    await state.close();
    await writeFile(file("journal.ndjson"), journal);
    const again = await open();
    expect(names(again.resources())).toEqual(["a", "c"]);
    await again.commit([put("d")]);
    await again.close();
    const last = await open();
    expect(names(last.resources())).toEqual(["a", "c", "d"]);
    await last.close();
  });

  test("while writing a new snapshot leaves the old one in force", async () => {
    await crashed();
    await writeFile(file("state.json.new"), '{"version": 1, "sha');
    const state = await open();
    expect(names(state.resources())).toEqual(["a", "b", "c"]);
    await state.close();
    expect((await readdir(file("."))).toSorted()).toEqual(["journal.ndjson", "state.json"]);
  });
});
