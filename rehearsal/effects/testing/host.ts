/** A rehearsal as a process, to be killed by a test: `node host.ts FOLDER`. Says so when its tasks are healthy. */
import { rehearse } from "./rehearsal.ts";

const rehearsal = await rehearse({}, process.argv[2]);
await rehearsal.effects.settled("staging");
console.log("ready");
