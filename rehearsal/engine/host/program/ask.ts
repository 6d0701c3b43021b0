import type { ChildProcess } from "node:child_process";
import type { FromProgram, Pendings, ToProgram } from "./messages.ts";

/** A process that is not blocked answers in a heartbeat; one that is blocked never does. */
const PATIENCE_MS = 5_000;

/** Asks a program process what `run` waits for; undefined when it does not answer. */
export function askPendings(child: ChildProcess, run: number): Promise<Pendings | undefined> {
  return new Promise((resolve) => {
    const answer = (pendings?: Pendings) => {
      clearTimeout(timer);
      child.off("message", hear);
      child.off("exit", gone);
      resolve(pendings);
    };
    const hear = (message: FromProgram) => {
      if (message.kind === "pendings" && message.run === run) answer(message);
    };
    const gone = () => answer();
    const timer = setTimeout(answer, PATIENCE_MS);
    child.on("message", hear);
    child.once("exit", gone);
    const question: ToProgram = { kind: "describe", run };
    child.send(question, (error) => error && answer());
  });
}
