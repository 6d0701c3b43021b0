import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withLock } from "./lock.mjs";

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairway-lock-"));
  lock = join(folder, "deep/install.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("of two that install at once", () => {
  test("the second waits for the first, and says for whom", async () => {
    const order: string[] = [];
    const said: string[] = [];
    const first = Promise.withResolvers<void>();
    const one = withLock(
      lock,
      () => {},
      async () => {
        order.push("first begins");
        await first.promise;
        order.push("first ends");
      },
    );
    const two = withLock(
      lock,
      (line: string) => void (said.push(line), first.resolve()),
      async () => void order.push("second"),
    );
    await Promise.all([one, two]);
    expect(order).toEqual(["first begins", "first ends", "second"]);
    expect(said).toEqual([expect.stringContaining(`process ${process.pid}`)]);
  });

  test("a failure of the first frees the second", async () => {
    await expect(
      withLock(
        lock,
        () => {},
        async () => Promise.reject(new Error("no network")),
      ),
    ).rejects.toThrow("no network");
    expect(existsSync(lock)).toBe(false);
  });

  test("a lock whose owner is dead is taken over", async () => {
    await withLock(
      lock,
      () => {},
      async () => {},
    );
    writeFileSync(lock, String(spawnSync(process.execPath, ["-e", ""]).pid));
    expect(
      await withLock(
        lock,
        () => {},
        async () => "done",
      ),
    ).toBe("done");
  });
});
