import { EventEmitter, on } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { LogLine } from "../types.ts";

/** A service's log: the lines of all its tasks in one file, and at most one older file of the same size. */
export class ServiceLog {
  private readonly file: string;
  private readonly cap: number;
  private readonly events = new EventEmitter().setMaxListeners(0);
  private size: number;

  /** @param cap bytes after which the file is set aside and the one before it dropped. */
  constructor(file: string, cap = 5 * 1024 * 1024) {
    this.file = file;
    this.cap = cap;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.size = existsSync(file) ? statSync(file).size : 0;
  }

  append(lines: LogLine[]): void {
    if (lines.length === 0) return;
    try {
      this.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    } catch {
      // A full disk must not end the service: followers still get the lines, the file misses them.
    }
    for (const line of lines) this.events.emit("line", line);
  }

  /** The last lines, then, when following, each new one until aborted. */
  async *read(tail: number, follow: boolean, signal?: AbortSignal): AsyncGenerator<LogLine> {
    // Listening before reading, so that no line falls between the two.
    const coming = follow ? on(this.events, "line", signal ? { signal } : {}) : undefined;
    yield* this.last(tail);
    if (!coming) return;
    try {
      for await (const [line] of coming) yield line as LogLine;
    } catch (error) {
      if ((error as Error).name !== "AbortError") throw error;
    }
  }

  private last(count: number): LogLine[] {
    if (count <= 0) return [];
    const recent = linesOf(this.file);
    const lines = recent.length >= count ? recent : [...linesOf(`${this.file}.1`), ...recent];
    return lines.slice(-count).flatMap(parse);
  }

  private write(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (this.size > 0 && this.size + bytes > this.cap) this.rotate();
    appendFileSync(this.file, text, { mode: 0o600 });
    this.size += bytes;
  }

  private rotate(): void {
    renameSync(this.file, `${this.file}.1`);
    this.size = 0;
  }
}

/** Cuts what a process writes into lines; what has no line end yet waits, at most 64 KiB of it. */
export class LineCutter {
  private rest = "";
  private readonly decoder = new TextDecoder();

  push(chunk: Buffer): string[] {
    const lines = (this.rest + this.decoder.decode(chunk, { stream: true })).split("\n");
    this.rest = lines.pop() ?? "";
    if (this.rest.length > 64 * 1024) lines.push(...this.end());
    return lines;
  }

  end(): string[] {
    const rest = this.rest;
    this.rest = "";
    return rest === "" ? [] : [rest];
  }
}

function linesOf(file: string): string[] {
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [];
}

/** A line cut short by a crash is left out. */
function parse(line: string): LogLine[] {
  try {
    return [JSON.parse(line) as LogLine];
  } catch {
    return [];
  }
}
