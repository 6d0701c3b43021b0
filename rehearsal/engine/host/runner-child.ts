/**
 * The runner's process: many programs at once, each in its own store of the SDK.
 *
 * What is process-wide is dealt with here: uncaught errors and printed lines are attributed by AsyncLocalStorage; the SDK's log, a
 * chain through all programs in which one unsettled URN would block the rest, goes over IPC; stack traces are off, because the SDK takes
 * one for every promise (a program that fails is run again, alone, with them).
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setImmediate as turn, setTimeout as after } from "node:timers/promises";
import { endWithHost } from "./program/end-with-host.ts";
import { entryOf, loadProgram } from "./program/entry.ts";
import { type FromRunner, HEARTBEAT_MS, type Order, PARALLEL, type ToRunner } from "./program/messages.ts";
import { pendings } from "./program/pending.ts";
import { type Sdk, type Store, loadSdk } from "./program/sdk.ts";
import { moduleScope } from "./program/module-scope.ts";
import { UnfitProgram } from "./program/unfit.ts";

Error.stackTraceLimit = 0;

const leave = process.exit.bind(process);

/** A program being run. */
class Run {
  readonly number: number;
  readonly errors = new Set<unknown>();
  readonly ending = Promise.withResolvers<void>();
  store: Store | undefined;
  over = false;
  /** Asynchronous functions in applies that have not settled. */
  applies = 0;
  /** Messages whose resource has no URN yet. */
  readonly unsent = new Set<() => void>();
  /** What it printed after the last line end. */
  readonly begunLines = new Map<NodeJS.WriteStream, string>();

  constructor(number: number) {
    this.number = number;
  }

  /** Something was thrown and not caught. Others that come of it arrive in the same turn. */
  fail(error: unknown): void {
    this.errors.add(error);
    this.ending.resolve();
  }

  log(severity: "info" | "warning" | "error", message: string, urn?: string): void {
    if (!this.over) send({ kind: "log", run: this.number, severity, message, urn });
  }
}

const runs = new Map<number, Run>();
const current = new AsyncLocalStorage<Run>();
const sdks = new Map<string, Sdk>();
const programs = new Map<string, Promise<(args?: unknown) => unknown>>();

process.on("message", (message: ToRunner) => {
  if (message.kind === "run") void start(message.run, message.order);
  if (message.kind === "load") sdkFor(message.folder);
  if (message.kind === "abandon") end(runs.get(message.run));
  if (message.kind === "describe") send({ kind: "pendings", run: message.run, ...pendings(runs.get(message.run)?.store) });
  if (message.kind === "close") leave(0);
});
endWithHost();
process.on("uncaughtException", blame);
process.on("unhandledRejection", blame);
setInterval(() => runs.size > 0 && send({ kind: "tick" }), HEARTBEAT_MS);
process.exit = exit;
divert(process.stdout);
divert(process.stderr);

async function start(number: number, order: Order): Promise<void> {
  const run = new Run(number);
  runs.set(number, run);
  await current.run(run, async () => {
    await Promise.race([play(run, order).catch((error: unknown) => run.fail(error)), run.ending.promise]);
    await turn(); // errors that come of the first one
  });
  if (run.over) return;
  for (const flush of run.unsent) flush();
  for (const line of run.begunLines.values()) if (line !== "") run.log("info", line);
  const errors = [...run.errors];
  send({ kind: "ended", run: number, errors: errors.map(text), clear: errors.every((error) => error instanceof UnfitProgram) });
  end(run);
}

async function play(run: Run, order: Order): Promise<void> {
  const { program } = order;
  const folder = "folder" in program ? program.folder : dirname(program.module);
  const sdk = sdkFor(folder);
  await sdk.withLocalStorage(async () => {
    sdk.resetOptions(order.project, order.stack, PARALLEL, order.address, order.address, order.preview, order.organization);
    sdk.setAllConfig(order.config, order.secretKeys);
    const store = sdk.getStore();
    run.store = store;
    store.settings.options["rootDirectory"] = folder;
    store.settings.engine = engineInPlace(run);

    await sdk.runInPulumiStack(async () => {
      const main = await load("folder" in program ? entryOf(folder) : program.module, sdk);
      return main("module" in program ? program.args : undefined);
    });
    await drained(run, sdk, store);
    if (run.errors.size === 0) await sdk.signalAndWaitForShutdown();
  });
}

/** Resolves when nothing of the SDK's is under way, no apply is, and nothing new came in two turns of the event loop. */
async function drained(run: Run, sdk: Sdk, store: Store): Promise<void> {
  for (;;) {
    await sdk.waitForRPCs();
    const before = store.settings.rpcDone;
    await turn();
    await turn();
    const idle = run.applies === 0 && store.leakCandidates.size === 0 && (store.pendingResourceRegistrations?.size ?? 0) === 0;
    if (idle && store.settings.rpcDone === before) return;
    await after(5);
  }
}

/** Each module is loaded once, in a store where nothing of one stack can be had. */
function load(entry: string, sdk: Sdk): Promise<(args?: unknown) => unknown> {
  const known = programs.get(entry) ?? moduleScope(sdk, entry, () => loadProgram(entry));
  programs.set(entry, known);
  return known;
}

function sdkFor(folder: string): Sdk {
  const path = createRequire(`${folder}/package.json`).resolve("@pulumi/pulumi");
  let sdk = sdks.get(path);
  if (!sdk) {
    sdk = loadSdk(folder);
    sdks.set(path, sdk);
    replaceLog(sdk);
    countApplies(sdk);
  }
  return sdk;
}

/**
 * The SDK does not wait for a slow function in an apply that nobody awaits; the launcher does, because its event loop is not empty. Here,
 * where the loop is shared, such functions are counted.
 */
function countApplies(sdk: Sdk): void {
  const apply = sdk.Output.prototype.apply;
  sdk.Output.prototype.apply = function (work, runWithUnknowns) {
    const run = current.getStore();
    if (!run) return apply.call(this, work, runWithUnknowns);
    const counted = (value: unknown) => {
      const result = work(value);
      if (result instanceof Promise) {
        run.applies++;
        const settle = () => void run.applies--;
        result.then(settle, settle);
      }
      return result;
    };
    return apply.call(this, counted, runWithUnknowns);
  };
}

function replaceLog(sdk: Sdk): void {
  const say =
    (severity: "info" | "warning" | "error"): Sdk["log"]["info"] =>
    async (message, resource) => {
      const run = current.getStore();
      if (severity === "error") sdk.getStore().logErrorCount++;
      if (!resource) return run?.log(severity, message);
      const flush = () => run?.log(severity, message);
      run?.unsent.add(flush);
      const urn = await resource.urn.promise();
      if (run?.unsent.delete(flush)) run.log(severity, message, urn);
    };
  sdk.log.debug = () => Promise.resolve();
  sdk.log.info = say("info");
  sdk.log.warn = say("warning");
  sdk.log.error = say("error");
}

/** Answers what the SDK asks of the `Engine` service, for copies of the SDK whose log is not replaced too. */
function engineInPlace(run: Run): object {
  type Answer = (error: null, response?: object) => void;
  const severities = ["debug", "info", "warning", "error"] as const;
  return {
    log(request: { getSeverity(): number; getMessage(): string; getUrn(): string }, answer: Answer) {
      const severity = severities[request.getSeverity()] ?? "info";
      if (severity !== "debug") run.log(severity, request.getMessage(), request.getUrn() || undefined);
      answer(null, {});
    },
    setRootResource: (_: object, answer: Answer) => answer(null, {}),
    requirePulumiVersion: (_: object, answer: Answer) => answer(null, {}),
    close() {},
  };
}

/** Whose error it is, AsyncLocalStorage knows; if it does not, nobody's success can be trusted. */
function blame(error: unknown): void {
  const run = current.getStore();
  for (const each of run ? [run] : runs.values()) each.fail(error);
}

/** A program that exits would end all others too. */
function exit(code?: number | string | null): never {
  const run = current.getStore();
  if (!run) return leave(code);
  const error = new Error(`the program calls process.exit(${code ?? ""}): it ended before it had finished`);
  run.fail(error);
  throw error;
}

/** Printed lines belong to the program that printed them, also when two print parts of lines by turns. */
function divert(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream);
  stream.write = ((chunk: string | Uint8Array, ...more: unknown[]) => {
    const run = current.getStore();
    if (!run) return write(chunk as string);
    const begun = run.begunLines.get(stream) ?? "";
    const lines = (begun + (typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"))).split("\n");
    run.begunLines.set(stream, lines.pop()!);
    for (const line of lines) run.log("info", line);
    const done = more.find((argument) => typeof argument === "function") as (() => void) | undefined;
    done?.();
    return true;
  }) as typeof stream.write;
}

function text(error: unknown): string {
  if (!(error instanceof Error)) return `the program threw ${String(error)}`;
  if (error instanceof UnfitProgram) return error.message;
  return error.stack || `${error.name}: ${error.message}`;
}

function end(run: Run | undefined): void {
  if (!run) return;
  run.over = true;
  run.ending.resolve();
  runs.delete(run.number);
  run.store?.settings.monitor?.close();
}

function send(message: FromRunner): void {
  if (process.connected) process.send?.(message, undefined, {}, () => {});
}
