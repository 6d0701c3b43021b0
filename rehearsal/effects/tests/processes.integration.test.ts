import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Secret } from "@fairway/engine";
import { afterEach, expect, test } from "vitest";
import { type ProcessRecord, startOf } from "../tasks/process-table.ts";
import { type Rehearsal, rehearse, until } from "../testing/rehearsal.ts";
import { resource, service, taskDefinition } from "../testing/resources.ts";
import { startLoad } from "../testing/start-load.ts";
import type { LogLine } from "../types.ts";

let rehearsal: Rehearsal | undefined;
afterEach(async () => {
  await rehearsal?.end();
  rehearsal = undefined;
});

function recorded(folder: string): ProcessRecord[] {
  return JSON.parse(readFileSync(join(folder, "processes.json"), "utf8")) as ProcessRecord[];
}

function isRunning({ pid, started }: ProcessRecord): boolean {
  return startOf(pid) === started;
}

test("kill -9 of one of two tasks under load fails only what died with it, and two are healthy again", async () => {
  rehearsal = await rehearse();
  await rehearsal.effects.settled("staging");
  const load = await startLoad({ url: `${rehearsal.url}/app/slow?ms=20`, rate: 50, seed: 21 });
  const [victim] = recorded(rehearsal.folder);
  await until("some load", async () => requests(rehearsal) > 50);
  process.kill(victim?.pid ?? 0, "SIGKILL");
  await until("the task was replaced", () => healthy(rehearsal) === 2 && recorded(rehearsal?.folder ?? "").length === 2, 60);
  const after = requests(rehearsal);
  await until("more load", async () => requests(rehearsal) > after + 50);

  const report = await load.end();
  // Connections that died with the process, or were refused in the moment before its end was seen. ALB does not retry them.
  const reasons = new Set(report.failures.map((failure) => failure.reason));
  expect([...reasons].filter((one) => one !== "target-connection-closed" && one !== "target-connection-refused")).toEqual([]);
  expect(report.failures.length).toBeLessThanOrEqual(5);
  expect(report.succeeded + report.failures.length).toBe(report.sent);
});

test("a process gets its container's environment and nothing of ours", async () => {
  process.env.FAIRWAY_TEST_LEAK = "must not be seen";
  rehearsal = await rehearse({ environment: { COLOUR: "blue", PORT: "8080" } });
  await rehearsal.effects.settled("staging");
  const answer = (await (await fetch(`${rehearsal.url}/app/environment`)).json()) as Record<string, string>;
  expect(answer).toMatchObject({ COLOUR: "blue", HOST: "127.0.0.1", VERSION: "1" });
  expect(answer.PORT).not.toBe("8080");
  expect(Object.keys(answer).sort()).toEqual(["COLOUR", "HOST", "PATH", "PORT", "VERSION"]);
  delete process.env.FAIRWAY_TEST_LEAK;
});

test("secrets reach the process by their ARN and key, and stay out of what is printed", async () => {
  rehearsal = await rehearse({ desired: 1 });
  await rehearsal.effects.settled("staging");
  const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbCdEf";
  const secretString = new Secret(JSON.stringify({ password: "hunter2" }));
  rehearsal.effects.put("staging", resource("aws:secretsmanager/secretVersion:SecretVersion", "db", { arn, secretString }));
  const definition = taskDefinition({ revision: 2 });
  const [container] = JSON.parse(String(definition.outputs.containerDefinitions)) as object[];
  const secrets = [{ name: "DB_PASSWORD", valueFrom: `${arn}:password::` }];
  definition.outputs.containerDefinitions = new Secret(JSON.stringify([{ ...container, secrets }]));
  rehearsal.effects.put("staging", definition);
  rehearsal.effects.put("staging", service({ revision: 2, desired: 1 }));
  expect(await rehearsal.effects.settled("staging")).toMatchObject([{ status: "successful" }]);
  const answer = (await (await fetch(`${rehearsal.url}/app/environment`)).json()) as Record<string, string>;
  expect(answer.DB_PASSWORD).toBe("hunter2");
  expect(JSON.stringify([rehearsal.events, rehearsal.effects.status()])).not.toContain("hunter2");
});

test("a secret without a value stops the deployment and says which", async () => {
  rehearsal = await rehearse();
  const definition = taskDefinition({ revision: 2 });
  const [container] = JSON.parse(String(definition.outputs.containerDefinitions)) as object[];
  const secrets = [{ name: "TOKEN", valueFrom: "/shop/token" }];
  definition.outputs.containerDefinitions = JSON.stringify([{ ...container, secrets }]);
  await rehearsal.effects.settled("staging");
  rehearsal.effects.put("staging", definition);
  rehearsal.effects.put("staging", service({ revision: 2 }));
  const [deployment] = await rehearsal.effects.settled("staging");
  expect(deployment?.reason).toContain("unable to pull secret TOKEN: /shop/token has no value in this rehearsal");
});

test("stop ends every process, one that ignores SIGTERM after its stop timeout", async () => {
  rehearsal = await rehearse({ environment: { MODE: "stubborn" }, stopTimeout: 1 });
  await rehearsal.effects.settled("staging");
  const running = recorded(rehearsal.folder);
  expect(running.map(isRunning)).toEqual([true, true]);
  await rehearsal.effects.stop();
  expect(running.map(isRunning)).toEqual([false, false]);
  expect(recorded(rehearsal.folder)).toEqual([]);
});

test("stop does not wait for what still drains", async () => {
  rehearsal = await rehearse({ desired: 1, deregistrationDelay: 3600, stopTimeout: 1 });
  await rehearsal.effects.settled("staging");
  const inFlight = fetch(`${rehearsal.url}/app/slow?ms=3600000`).catch((error: Error) => error.name);
  await until("it is in flight", async () => (await (await fetch(`${rehearsal?.url}/app/open`)).text()) === "1");
  rehearsal.effects.remove("staging", service().urn);
  const [record] = recorded(rehearsal.folder);
  expect(record && isRunning(record)).toBe(true);
  await rehearsal.effects.stop();
  expect(record && isRunning(record)).toBe(false);
  await inFlight;
});

test("a service that can't be recorded does not run, and says so", async () => {
  rehearsal = await rehearse({ desired: 1 });
  await rehearsal.effects.settled("staging");
  mkdirSync(join(rehearsal.folder, "processes.json.next")); // What is written first: every write fails from now on.
  rehearsal.change({ revision: 2, desired: 1 });
  const [deployment] = await rehearsal.effects.settled("staging");
  expect(deployment).toMatchObject({ status: "rolled-back" });
  expect(deployment?.reason).toContain("EISDIR");
  rmSync(join(rehearsal.folder, "processes.json.next"), { recursive: true });
});

test("logs give the last lines, then follow", async () => {
  rehearsal = await rehearse({ desired: 1 });
  await rehearsal.effects.settled("staging");
  const end = new AbortController();
  const lines: LogLine[] = [];
  const reading = (async () => {
    const query = { environment: "staging", service: "app", tail: 1, follow: true, signal: end.signal };
    for await (const line of rehearsal?.effects.logs(query) ?? []) lines.push(line);
  })();
  await until("the last line", () => lines.length === 1);
  rehearsal.change({ revision: 2, desired: 1 });
  await until("the new task's lines", () => lines.some((line) => line.text === "starting 2 as serve"));
  end.abort();
  await reading;
  expect(lines[0]).toMatchObject({ environment: "staging", service: "app", stream: "stdout", text: "listening" });
});

test("kill -9 of the rehearsal ends its processes", async () => {
  const { folder, host } = await startHost();
  const left = recorded(folder);
  expect(left.map(isRunning)).toEqual([true, true]);
  host.kill("SIGKILL");
  await until("the processes ended", () => !left.some(isRunning));
  rmSync(folder, { recursive: true });
});

test("a rehearsal ends what an earlier one recorded and left, and nothing else", async () => {
  // Neither is a child of a rehearsal, so nothing but the table can end the first.
  const sleep = () => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
  const [leftover, stranger] = [sleep(), sleep()];
  const folder = mkdtempSync(join(tmpdir(), "fairway-effects-"));
  const record = (pid = 0, started = startOf(pid)) => ({ pid, started, environment: "staging", service: "app", task: "app-1" });
  // A process id that was given to another process since: same id, other start.
  const table = [record(leftover.pid), record(stranger.pid, "another boot:1")];
  writeFileSync(join(folder, "processes.json"), JSON.stringify(table));
  try {
    const ended = once(leftover, "exit");
    rehearsal = await rehearse({}, folder);
    expect((await ended)[1]).toBe("SIGKILL");
    expect(startOf(stranger.pid ?? 0)).toBeDefined();
    await rehearsal.effects.settled("staging");
    expect(recorded(folder)).toHaveLength(2);
  } finally {
    stranger.kill("SIGKILL");
    await rehearsal?.end();
    rmSync(folder, { recursive: true });
  }
});

test("a process that a service started ends with it", async () => {
  rehearsal = await rehearse({ desired: 1 });
  await rehearsal.effects.settled("staging");
  const answer = (await (await fetch(`${rehearsal.url}/app/child`)).json()) as { pid: number };
  const started = startOf(answer.pid);
  expect(started).toBeDefined();
  process.kill(recorded(rehearsal.folder)[0]?.pid ?? 0, "SIGKILL");
  await until("its child ended", () => startOf(answer.pid) !== started);
});

/** A rehearsal in a process of its own, with two healthy tasks. */
async function startHost() {
  const folder = mkdtempSync(join(tmpdir(), "fairway-effects-"));
  const script = fileURLToPath(new URL("../testing/host.ts", import.meta.url));
  const host = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  await once(host.stdout, "data");
  return { folder, host };
}

function requests(of: Rehearsal | undefined): number {
  return of?.effects.metrics("staging")?.total("RequestCount", { loadBalancer: "app/edge/50dc6c495c0c9188" }) ?? 0;
}

function healthy(of: Rehearsal | undefined): number {
  return of?.effects.status()[0]?.services[0]?.healthy ?? 0;
}
