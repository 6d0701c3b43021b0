import { createServer } from "node:net";

/** Handed out lately: a port stays free until its process listens, so the kernel may offer it twice. */
const recent: number[] = [];

/** A loopback port that nothing listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await offered();
    if (recent.includes(port)) continue;
    recent.push(port);
    if (recent.length > 200) recent.shift();
    return port;
  }
}

function offered(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
