/**
 * A steady stream of requests, from a process of its own, so that what it measures is not slowed by what it measures.
 *
 * Open loop: requests leave when they are due, however slow the answers are, at exponentially spread moments drawn from the
 * seed. A failure is an answer that is not 2xx, a reset, or none within 60 s.
 *
 *     node load.ts '{"url":"http://127.0.0.1:8080/catalog","rate":50,"seed":7}'
 *
 * Ends on SIGTERM, or after `seconds`, when all answers are in, and prints a {@link LoadReport} as JSON.
 */
import { Agent, request } from "node:http";
import { systemClock } from "@fairway/clock";

export interface LoadOptions {
  url: string;
  /** Requests a second. */
  rate: number;
  seed: number;
  /** @default until SIGTERM */
  seconds?: number;
}

export interface LoadReport {
  sent: number;
  succeeded: number;
  failures: LoadFailure[];
  /** Answers by their `x-version`. */
  versions: Record<string, number>;
  /** Milliseconds. */
  slowest: number;
}

export interface LoadFailure {
  /** Milliseconds after the start. */
  at: number;
  /** Status, or the error's code. */
  what: string;
  /** The gateway's `x-fairway-reason`, when it answered itself. */
  reason?: string;
}

const clientTimeout = 60_000;

async function load(options: LoadOptions): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true });
  const report: LoadReport = { sent: 0, succeeded: 0, failures: [], versions: {}, slowest: 0 };
  const answers: Promise<void>[] = [];
  const draw = seeded(options.seed);
  const end = new AbortController();
  process.on("SIGTERM", () => end.abort());
  const started = systemClock.now();
  let due = started;
  while (!end.signal.aborted && systemClock.now() - started < (options.seconds ?? Infinity) * 1000) {
    due += (-Math.log(1 - draw()) * 1000) / options.rate;
    await systemClock.wait(Math.max(0, due - systemClock.now()), end.signal);
    if (end.signal.aborted) break;
    report.sent++;
    answers.push(one(options.url, agent, started, report));
    if (report.sent === 1) process.stderr.write("started\n");
  }
  await Promise.all(answers);
  agent.destroy();
  return report;
}

function one(url: string, agent: Agent, started: number, report: LoadReport): Promise<void> {
  const sentAt = systemClock.now();
  return new Promise((resolve) => {
    const fail = (what: string, reason?: string) => {
      report.failures.push({ at: Math.round(sentAt - started), what, ...(reason ? { reason } : {}) });
      resolve();
    };
    const asked = request(url, { agent, signal: AbortSignal.timeout(clientTimeout) }, (answer) => {
      answer.resume();
      answer.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
      answer.on("end", () => {
        const status = answer.statusCode ?? 0;
        report.slowest = Math.max(report.slowest, Math.round(systemClock.now() - sentAt));
        if (status < 200 || status > 299) return fail(String(status), header(answer.headers["x-fairway-reason"]));
        report.succeeded++;
        const version = header(answer.headers["x-version"]) ?? "none";
        report.versions[version] = (report.versions[version] ?? 0) + 1;
        resolve();
      });
    });
    asked.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.name));
    asked.end();
  });
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Numbers in [0, 1) that depend on the seed only (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (import.meta.main) {
  const report = await load(JSON.parse(process.argv[2] ?? "{}") as LoadOptions);
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
