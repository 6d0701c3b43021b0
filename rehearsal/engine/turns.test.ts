import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { turns } from "./turns.ts";

const nothing = async () => undefined;

test("no more work at once than there are turns, and all of it is done", async () => {
  const { take } = turns(2);
  let atWork = 0;
  let most = 0;
  const done = await Promise.all(
    [1, 2, 3, 4, 5].map((number) =>
      take(nothing, async () => {
        most = Math.max(most, ++atWork);
        await turn();
        atWork--;
        return number;
      }),
    ),
  );
  expect(done).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test("one that waits for another's outputs lets it go first, even when there is one turn only", async () => {
  const { take } = turns(1);
  const produced = Promise.withResolvers<undefined>();
  const consumer = take(
    () => produced.promise,
    async (references) => Promise.all([references("a"), references("b")]),
  );
  const producer = take(nothing, async () => produced.resolve(undefined));
  await Promise.all([consumer, producer]);
  expect(await take(nothing, async () => "next")).toBe("next");
});

test("one that fails, or ends while it still waits, gives its turn back once", async () => {
  const { take } = turns(1);
  const produced = Promise.withResolvers<undefined>();
  await expect(take(nothing, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  await take(
    () => produced.promise,
    async (references) => void references("a"),
  );
  produced.resolve(undefined);
  await turn();
  let atWork = 0;
  const each = () =>
    take(nothing, async () => {
      const now = ++atWork;
      await turn();
      atWork--;
      return now;
    });
  expect(await Promise.all([each(), each()])).toEqual([1, 1]);
});
