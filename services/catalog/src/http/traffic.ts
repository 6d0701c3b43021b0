import type { Server } from "node:http";
import type { Clock } from "@fairway/clock";

/** What a server is busy with, as drain needs to know it. */
export interface Traffic {
  inFlight(): number;
  /** Milliseconds since a request last came or went. */
  quietMs(): number;
}

export function watchTraffic(server: Server, clock: Clock): Traffic {
  let inFlight = 0;
  let lastAt = clock.now();
  server.on("request", (_request, response) => {
    inFlight += 1;
    lastAt = clock.now();
    // "close" also comes when the caller went away before the answer was finished.
    response.once("close", () => {
      inFlight -= 1;
      lastAt = clock.now();
    });
  });
  return { inFlight: () => inFlight, quietMs: () => clock.now() - lastAt };
}
