/** Resolves at the first Ctrl-C or SIGTERM. A second one ends the process at once. */
export function untilInterrupted(): Promise<"interrupted"> {
  return new Promise((resolve) => {
    const interrupt = () => {
      if (interrupted) process.exit(130);
      interrupted = true;
      resolve("interrupted");
    };
    let interrupted = false;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  });
}
