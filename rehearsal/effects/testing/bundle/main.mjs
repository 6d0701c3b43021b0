// A service of the tests' own. MODE says how it behaves: serve, crash (at start), sick (500 on its health check), deaf (never
// listens), stubborn (ignores SIGTERM).
import { spawn } from "node:child_process";
import { createServer } from "node:http";

const { MODE = "serve", VERSION = "1", HOST, PORT, KEEP_ALIVE = "75000" } = process.env;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

console.log(`starting ${VERSION} as ${MODE}`);
if (MODE === "crash") throw new Error("TABLE is not set");

let mode = MODE;
/** Requests to /slow so far. */
let slow = 0;
/** A kept connection that dies under its next request. */
let dropped;

const server = createServer(async (request, response) => {
  if (request.socket === dropped) return request.socket.destroy();
  const url = new URL(request.url, "http://service");
  const path = url.pathname.replace(/^\/app/, "");
  response.setHeader("x-version", VERSION);
  response.setHeader("x-pid", String(process.pid));
  if (path === "/healthz") return response.writeHead(mode === "sick" ? 500 : 200).end();
  if (path === "/sicken") mode = "sick";
  if (path === "/open") return response.end(String(slow));
  if (path === "/slow") slow++;
  if (path === "/slow") await wait(Number(url.searchParams.get("ms")));
  if (path === "/reset") return request.socket.destroy();
  if (path === "/environment") return response.end(JSON.stringify(process.env));
  if (path === "/headers") return response.end(JSON.stringify(request.headers));
  if (path === "/echo") return request.pipe(response);
  if (path === "/stream") return stream(response, Number(url.searchParams.get("bytes")));
  if (path === "/written") return response.end(String(written));
  if (path === "/cookies") return response.setHeader("set-cookie", ["a=1", "b=2"]).end();
  if (path === "/drop-next") dropped = request.socket;
  if (path === "/silent") return undefined;
  if (path === "/child") {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    return response.end(JSON.stringify({ pid: child.pid }));
  }
  response.end("ok");
});

let written = 0;
async function stream(response, bytes) {
  const block = Buffer.alloc(64 * 1024, "x");
  for (written = 0; written < bytes; written += block.length) {
    if (!response.write(block)) await new Promise((resolve) => response.once("drain", resolve));
  }
  response.end();
}

server.on("upgrade", (request, socket) => {
  socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
  socket.pipe(socket);
});

// Longer than the load balancer's idle timeout, as AWS advises, so that it never closes a connection that is about to be used.
server.keepAliveTimeout = Number(KEEP_ALIVE);
if (MODE !== "deaf") server.listen(Number(PORT), HOST, () => console.log("listening"));
else setInterval(() => undefined, 1000);

process.on("SIGTERM", () => {
  if (MODE === "stubborn") return console.log("no");
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
