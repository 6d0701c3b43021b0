import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LogLine } from "../types.ts";
import { LineCutter, ServiceLog } from "./log.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairway-log-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (text: string): LogLine => ({
  time: "2026-09-01T00:00:00.000Z",
  environment: "staging",
  service: "app",
  task: "app-1",
  stream: "stdout",
  text,
});

async function tail(log: ServiceLog, count: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const one of log.read(count, false)) texts.push(one.text);
  return texts;
}

test("two files of at most the cap are kept, and the tail spans them", async () => {
  const file = join(folder, "app.jsonl");
  const text = (index: number) => `line ${String(index).padStart(2, "0")}`;
  const cap = 10 * (JSON.stringify(line(text(0))).length + 1);
  const log = new ServiceLog(file, cap);
  for (let index = 0; index < 25; index++) log.append([line(text(index))]);
  expect([statSync(file).size, statSync(`${file}.1`).size]).toEqual([cap / 2, cap]);
  expect(await tail(log, 7)).toEqual([18, 19, 20, 21, 22, 23, 24].map(text));
});

test("what an earlier rehearsal logged is still read", async () => {
  const file = join(folder, "app.jsonl");
  new ServiceLog(file).append([line("before")]);
  const log = new ServiceLog(file);
  log.append([line("after")]);
  expect(await tail(log, 10)).toEqual(["before", "after"]);
});

test("a file that can't be written costs the file its lines, not those who follow", async () => {
  const file = join(folder, "app.jsonl");
  const log = new ServiceLog(file);
  mkdirSync(file);
  const following = log.read(0, true)[Symbol.asyncIterator]();
  const next = following.next();
  log.append([line("still seen")]);
  expect((await next).value).toMatchObject({ text: "still seen" });
  await following.return(undefined);
});

test("output is cut into lines, across chunks and inside a character", () => {
  const cutter = new LineCutter();
  const bytes = Buffer.from("one\ntwo €\nthree");
  const lines = [...bytes].flatMap((byte) => cutter.push(Buffer.from([byte])));
  expect([...lines, ...cutter.end()]).toEqual(["one", "two €", "three"]);
});
