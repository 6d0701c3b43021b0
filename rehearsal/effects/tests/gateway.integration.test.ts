import { once } from "node:events";
import { Agent, get, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { systemClock } from "@fairway/clock";
import { afterEach, describe, expect, test } from "vitest";
import { createEffects } from "../effects.ts";
import { type Rehearsal, rehearse, until } from "../testing/rehearsal.ts";
import { edge, type StackOptions } from "../testing/resources.ts";

let rehearsal: Rehearsal;
afterEach(() => rehearsal.end());

/** One settled task, so that each request meets the same process. */
async function single(options: StackOptions = {}): Promise<string> {
  rehearsal = await rehearse({ desired: 1, ...options });
  await rehearsal.effects.settled("staging");
  return `${rehearsal.url}/app`;
}

async function outcome(url: string): Promise<[number, string | null]> {
  const answer = await fetch(url);
  await answer.text();
  return [answer.status, answer.headers.get("x-fairway-reason")];
}

describe("what the gateway answers itself", () => {
  test("502 when the target closes the connection, and the request is not sent again", async () => {
    const url = await single();
    expect(await outcome(`${url}/reset`)).toEqual([502, "target-connection-closed"]);
    expect(total("HTTPCode_ELB_502_Count")).toBe(1);
    expect(total("RequestCount")).toBe(1);
  });

  test("502 when a kept connection dies under the request, and the next request is served", async () => {
    const url = await single();
    expect((await outcome(`${url}/drop-next`))[0]).toBe(200);
    expect(await outcome(url)).toEqual([502, "target-connection-closed"]);
    expect((await outcome(url))[0]).toBe(200);
  });

  test("504 when the target says nothing for the idle timeout", async () => {
    const url = await single({ idleTimeout: 1 });
    expect(await outcome(`${url}/silent`)).toEqual([504, "target-timeout"]);
    expect(total("HTTPCode_ELB_504_Count")).toBe(1);
  });

  test("503 while no target is registered or healthy, which counts no request", async () => {
    const url = await single({ environment: { MODE: "deaf" }, deadline: "1s", breaker: false });
    const [status, reason] = await outcome(url);
    expect([status, ["no-targets", "no-healthy-targets"].includes(reason ?? "")]).toEqual([503, true]);
    expect([total("RequestCount"), total("HTTPCode_ELB_503_Count")]).toEqual([0, 1]);
  });

  test("503 before there is a load balancer", async () => {
    rehearsal = await rehearse();
    for (const { urn } of edge()) rehearsal.effects.remove("staging", urn);
    expect(await outcome(rehearsal.url)).toEqual([503, "no-load-balancer"]);
  });
});

describe("what targets and clients see", () => {
  test("a target gets the forwarding headers and none that belongs to the client's connection", async () => {
    const url = await single();
    const headers = {
      connection: "x-mine",
      "x-mine": "1",
      "x-forwarded-for": "203.0.113.7",
      "x-kept": "2",
      host: "shop.example",
    };
    const answer = await read(await ask(`${url}/headers`, headers));
    const seen = JSON.parse(answer.toString()) as Record<string, string>;
    expect(seen).toMatchObject({
      host: "shop.example",
      "x-forwarded-for": "203.0.113.7, 127.0.0.1",
      "x-forwarded-proto": "https",
      "x-forwarded-port": "443",
      "x-kept": "2",
    });
    expect(seen["x-amzn-trace-id"]).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(seen["x-mine"]).toBeUndefined();
  });

  test("repeated headers of an answer stay apart", async () => {
    const url = await single();
    const answer = await fetch(`${url}/cookies`);
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  test("a body goes through in both directions while it is being sent", async () => {
    const url = await single();
    const asked = request(`${url}/echo`, { method: "POST" });
    asked.write("first ");
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    const [first] = (await once(answer, "data")) as [Buffer];
    expect(first.toString()).toBe("first ");
    asked.end("second");
    expect((await read(answer)).toString()).toBe("second");
  });

  test("a slow client holds back its target, not other clients, and gets everything in the end", async () => {
    const bytes = 64 * 1024 * 1024;
    const url = await single();
    const slow = await ask(`${url}/stream?bytes=${bytes}`);
    slow.pause();
    const written = async () => Number(await (await fetch(`${url}/written`)).text());
    let before = -1;
    await until("the target waits", async () => {
      const now = await written();
      const waits = now > 0 && now === before;
      before = now;
      await systemClock.wait(100);
      return waits;
    });
    expect(before).toBeLessThan(bytes / 2);
    expect((await read(slow)).length).toBe(bytes);
  });

  test("an upgraded connection carries bytes both ways", async () => {
    const url = new URL(await single());
    const socket = connect(Number(url.port), url.hostname);
    socket.write("GET /app/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
    let received = "";
    socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
    await until("the upgrade", () => received.includes("\r\n\r\n"));
    expect(received).toContain("HTTP/1.1 101");
    socket.write("hello");
    await until("the echo", () => received.endsWith("hello"));
    socket.destroy();
  });

  test("requests take turns over the healthy targets", async () => {
    rehearsal = await rehearse({ desired: 2 });
    await rehearsal.effects.settled("staging");
    const pids = [];
    for (let index = 0; index < 4; index++) {
      const answer = await fetch(`${rehearsal.url}/app`);
      await answer.text();
      pids.push(answer.headers.get("x-pid"));
    }
    expect(new Set(pids).size).toBe(2);
    expect([pids[0], pids[1]]).toEqual([pids[2], pids[3]]);
  });
});

describe("a target that is deregistered", () => {
  test("finishes what is in flight and gets nothing new", async () => {
    const url = await single();
    const inFlight = fetch(`${url}/slow?ms=1500`);
    rehearsal.change({ revision: 2 });
    await rehearsal.effects.settled("staging");
    expect((await fetch(url)).headers.get("x-version")).toBe("2");
    const answer = await inFlight;
    expect([answer.status, answer.headers.get("x-version")]).toEqual([200, "1"]);
  });

  test("is cut off after the deregistration delay", async () => {
    const url = await single({ deregistrationDelay: 1 });
    const inFlight = fetch(`${url}/slow?ms=30000`);
    rehearsal.change({ revision: 2 });
    const answer = await inFlight;
    expect([answer.status, answer.headers.get("x-fairway-reason")]).toEqual([502, "target-deregistered"]);
  });

  test("does not wait for a client that went away", async () => {
    const url = await single({ deregistrationDelay: 3600 });
    const abort = new AbortController();
    const inFlight = fetch(`${url}/slow?ms=3600000`, { signal: abort.signal }).catch((error: Error) => error.name);
    rehearsal.change({ revision: 2 });
    await rehearsal.effects.settled("staging");
    abort.abort();
    expect(await inFlight).toBe("AbortError");
    await until("the old task stopped", () =>
      rehearsal.events.some((event) => event.kind === "task" && event.state === "stopped"),
    );
  });
});

test("metrics count what targets answer, by load balancer and by target group", async () => {
  const url = await single();
  const agent = new Agent({ keepAlive: true });
  for (const path of ["", "/a", "/b"]) await read(await ask(`${url}${path}`, {}, agent));
  agent.destroy();
  await outcome(`${rehearsal.url}/nowhere`);
  const metrics = rehearsal.effects.metrics("staging");
  const group = { loadBalancer: "app/edge/50dc6c495c0c9188", targetGroup: "targetgroup/app/73e2d6bc24d8a067" };
  expect(metrics?.total("RequestCount", group)).toBe(3);
  expect(metrics?.total("HTTPCode_Target_2XX_Count", group)).toBe(3);
  expect(metrics?.total("HTTPCode_Target_4XX_Count", group)).toBe(0);
  const minutes = metrics?.read("TargetResponseTime", group, 0, Number.MAX_SAFE_INTEGER) ?? [];
  expect(minutes.flatMap((minute) => minute.samples)).toHaveLength(3);
});

test("a port that is taken is an error that names the holder and the way out", async () => {
  await single();
  const port = Number(new URL(rehearsal.url).port);
  const second = createEffects({
    folder: `${rehearsal.folder}/second`,
    clock: systemClock,
    ports: { production: port },
    bundle: () => undefined,
    node: process.execPath,
  });
  await expect(second.open("production")).rejects.toThrow(
    new RegExp(
      `^port ${port} on 127\\.0\\.0\\.1, for the load balancer of production, is held by .*\\(process ${process.pid}\\)`,
    ),
  );
  await expect(second.open("production")).rejects.toThrow("--port production=PORT");
});

function total(metric: Parameters<NonNullable<ReturnType<Rehearsal["effects"]["metrics"]>>["total"]>[0]): number {
  return rehearsal.effects.metrics("staging")?.total(metric, { loadBalancer: "app/edge/50dc6c495c0c9188" }) ?? 0;
}

async function ask(url: string, headers: Record<string, string> = {}, agent?: Agent): Promise<IncomingMessage> {
  const [answer] = (await once(get(url, { headers, ...(agent ? { agent } : {}) }), "response")) as [IncomingMessage];
  return answer;
}

async function read(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
