import { systemClock } from "@fairway/clock";

/** npm passes on a Ctrl-C that the terminal has sent already: two within this many milliseconds are one. */
const ECHO = 500;

/** Resolves at the first Ctrl-C or SIGTERM. A second one ends the process at once. */
export function untilInterrupted(): Promise<"interrupted"> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const interrupt = () => {
      if (first !== undefined && systemClock.now() - first > ECHO) process.exit(130);
      first ??= systemClock.now();
      resolve("interrupted");
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  });
}
