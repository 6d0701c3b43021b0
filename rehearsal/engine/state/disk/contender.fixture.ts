import { createInterface } from "node:readline";
import { openKey } from "../keys.ts";
import { openStateStore } from "../store.ts";
import { resource } from "../testing.ts";

/**
 * A process of its own for the tests with real processes. Reads a command a line, writes an answer a line.
 *
 * - `open STACK`: `won`, or `refused` and the error
 * - `close`: `closed`
 * - `commit`: commits one resource after the other until it is killed, `committed N` after each
 */
const folder = process.argv[2]!;
let state: Awaited<ReturnType<typeof openStateStore>> | undefined;

for await (const line of createInterface({ input: process.stdin })) {
  const [command, stack] = line.split(" ");
  if (command === "open") {
    try {
      state = await openStateStore({ folder, project: "p", stack: stack!, key: openKey({ folder: `${folder}/key` }) });
      console.log("won");
    } catch (error) {
      console.log(`refused ${(error as Error).name}: ${(error as Error).message}`);
    }
  } else if (command === "close") {
    await state?.close();
    state = undefined;
    console.log("closed");
  } else if (command === "commit") {
    for (let n = 1; ; n++) {
      await state!.commit([{ kind: "put", resource: resource(`r${n}`) }]);
      console.log(`committed ${n}`);
    }
  }
}
