/**
 * Loaded before the SDK's launcher: sends heartbeats, tells what is pending, and ends the process when its host is gone.
 * Keeps nothing alive: an empty event loop must stay the end of the program.
 */
import { endWithHost } from "./end-with-host.ts";
import { type FromProgram, HEARTBEAT_MS, type ToProgram } from "./messages.ts";
import { type SdkStore, pendings } from "./pending.ts";

const send = (message: FromProgram) => {
  if (process.connected) process.send?.(message, undefined, {}, () => {});
};

// The launcher rewrites stack traces through source maps, and the SDK asks for a trace with every resource: a third of a program's
// time. Programs have no source maps: Node strips their types and keeps every position.
Object.defineProperty(Error, "prepareStackTrace", { get: () => undefined, set: () => {}, configurable: true });

setInterval(() => send({ kind: "tick" }), HEARTBEAT_MS).unref();
process.on("message", (message: ToProgram) => {
  const store = (globalThis as { globalStore?: SdkStore }).globalStore;
  if (message.kind === "describe") send({ kind: "pendings", run: message.run, ...pendings(store) });
});
const exit = process.exit.bind(process);
process.exit = (code) => {
  if (Number(code ?? 0) === 0) process.stderr.write("process.exit was called: the program ended before it had finished.\n");
  return exit(code);
};
endWithHost();
process.channel?.unref();
