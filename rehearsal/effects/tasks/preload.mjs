// Ends a rehearsed process when the rehearsal that started it is gone. Descriptor 3 is a pipe that only the rehearsal holds
// open; the kernel closes it whichever way the rehearsal ends, `kill -9` included. Loaded with `node --import` before the
// service's own code, and invisible to it: the handle keeps nothing alive.
import { Socket } from "node:net";

const lifeline = new Socket({ fd: 3, readable: true, writable: false });
const end = () => {
  try {
    process.kill(-process.pid, "SIGKILL"); // The whole group: what the service started ends with it.
  } catch {
    process.exit(137);
  }
};
lifeline.on("end", end);
lifeline.on("error", end);
lifeline.resume();
lifeline.unref();
