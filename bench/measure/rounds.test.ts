import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { inRounds, resultOf } from "./rounds.ts";

const cost = (wall: number) => ({ wall, cpu: wall * 2 });

test("a result's ratio is the median of the pairs' ratios, and its verdict is about wall time", () => {
  const numerator = [cost(2), cost(30), cost(4)];
  const denominator = [cost(2), cost(10), cost(2)];
  const result = resultOf({
    bench: "b",
    question: "?",
    target: 1.9,
    shown: { a: numerator },
    compared: { numerator, denominator },
    facts: {},
  });
  expect(result.ratio.wall).toEqual({ min: 1, median: 2, max: 3 });
  expect(result).toMatchObject({ pairs: 3, met: false, seconds: { a: { wall: { min: 2, median: 4, max: 30 } } } });
  expect(resultOf({ bench: "b", question: "?", target: 2, shown: {}, compared: { numerator, denominator }, facts: {} }).met).toBe(
    true,
  );
});

test("commands take turns, and the first round is thrown away", async () => {
  const command = { argv: [process.execPath, "-e", ""], cwd: tmpdir() };
  const said: string[] = [];
  const rounds = await inRounds({ a: command, b: command }, 2, (line) => said.push(line.replace(/ [\d.]+ s.*/, "")));
  expect(said).toEqual(["warming up: a", "warming up: b", "1 of 2: a", "1 of 2: b", "2 of 2: a", "2 of 2: b"]);
  expect([rounds.a.length, rounds.b.length]).toEqual([2, 2]);
});
