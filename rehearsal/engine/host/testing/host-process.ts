/** A host for a test to kill: runs the module of its first argument, in a runner if the second says so, and prints what that prints. */
import { run } from "../../run.ts";
import { createRunner } from "../runner.ts";
import { request } from "./request.ts";

const [module, place] = process.argv.slice(2);
await run(
  request(
    { module: module! },
    {
      runner: place === "runner" ? createRunner({ cwd: import.meta.dirname }) : undefined,
      onEvent: (event) => event.kind === "diagnostic" && console.log(event.diagnostic.message),
    },
  ),
);
