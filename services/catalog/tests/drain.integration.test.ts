import { Agent, get as httpGet, type IncomingMessage } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { type RunningApp, startApp } from "./running-app.ts";
import { serving, type ServiceProcess, startProcess } from "./service-process.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function run(environment: Record<string, string>): ServiceProcess {
  const started = startProcess({ HOST: "127.0.0.1", PORT: "0", ...environment });
  cleanups.push(() => {
    started.child.kill("SIGKILL");
    return started.ended;
  });
  return started;
}

/** A request over an agent's kept connection; whether it was reused comes with the answer. */
async function request(url: string, agent: Agent): Promise<{ status: number; connection: string | undefined; reused: boolean }> {
  const asked = httpGet(url, { agent });
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  response.resume();
  await once(response, "end");
  return { status: response.statusCode!, connection: response.headers.connection, reused: asked.reusedSocket };
}

describe("a process that gets SIGTERM", () => {
  test("answers on connections old and new, closing each, says that it is not ready, and ends with 0", async () => {
    const started = run({ VERSION: "v1" });
    const url = await serving(started);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    cleanups.push(() => agent.destroy());
    expect(await request(`${url}/catalog/products`, agent)).toEqual({ status: 200, connection: "keep-alive", reused: false });

    started.child.kill("SIGTERM");
    while (!started.stdout.includes('"draining"')) await once(started.child.stdout!, "data");

    expect(await request(`${url}/catalog/products`, agent)).toEqual({ status: 200, connection: "close", reused: true });
    expect(await request(`${url}/catalog/products`, agent)).toEqual({ status: 200, connection: "close", reused: false });
    expect(await request(`${url}/healthz`, agent)).toMatchObject({ status: 200 });
    expect(await request(`${url}/readyz`, agent)).toMatchObject({ status: 503 });
    expect(await started.ended).toEqual({ code: 0, signal: null });
    expect(started.stderr).toBe("");
  });

  test("logs JSON lines with service and version, from the first to the last", async () => {
    const started = run({ VERSION: "sha256:abc", DRAIN_SECONDS: "0" });
    await serving(started);
    started.child.kill("SIGTERM");
    expect(await started.ended).toEqual({ code: 0, signal: null });
    const lines = started.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    // A busy reader may get the last two the other way round: what did not fit the pipe at once is written at the exit.
    expect(lines.slice(-2).map(({ message }) => message)).toContain("ended");
    for (const line of lines) expect(line).toMatchObject({ service: "catalog", version: "sha256:abc", level: "info" });
  });
});

describe("draining", () => {
  async function withSlowRoute(): Promise<{ app: RunningApp; arrived: Promise<unknown>; finish: () => void }> {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => (finish = resolve));
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const app = await startApp({
      routes: (server) =>
        void server.get("/slow", async () => {
          arrive();
          await finished;
          return { done: true };
        }),
    });
    cleanups.push(() => app.close());
    return { app, arrived, finish };
  }

  test("waits for a request that is being answered, and cuts nothing off", async () => {
    const { app, arrived, finish } = await withSlowRoute();
    const answer = fetch(`${app.url}/slow`);
    await arrived;
    const drained = app.drain(30_000);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
    finish();
    expect(await (await answer).json()).toEqual({ done: true });
    expect(await drained).toBe(0);
    await expect(fetch(`${app.url}/healthz`)).rejects.toThrow("fetch failed");
  });

  test("cuts a request off at the deadline and counts it", async () => {
    const { app, arrived } = await withSlowRoute();
    const answer = fetch(`${app.url}/slow`).then(
      () => "answered",
      () => "cut off",
    );
    await arrived;
    expect(await app.drain(50)).toBe(1);
    expect(await answer).toBe("cut off");
  });
});

describe("a process that can't start", () => {
  test("for its configuration ends with 78 and one message with all that is wrong", async () => {
    const started = run({ PORT: "http", LOG_LEVEL: "loud" });
    expect(await started.ended).toEqual({ code: 78, signal: null });
    expect(started.stdout).toBe("");
    expect(started.stderr).toMatch(
      /^catalog did not start: 2 environment variables can't be used\n\n {2}PORT {3}"http"\n.*\n {2}LOG_LEVEL {3}"loud"\n/,
    );
    expect(started.stderr).not.toMatch(/\bat .*\.ts/);
  });

  test("for a busy port ends with 1 and names the port", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    cleanups.push(() => holder.close());
    const { port } = holder.address() as AddressInfo;
    const started = run({ PORT: String(port) });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(JSON.parse(started.stdout.trim())).toMatchObject({
      level: "fatal",
      message: expect.stringContaining(`127.0.0.1:${port}`) as string,
    });
  });
});
