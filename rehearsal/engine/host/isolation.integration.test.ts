import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../run.ts";
import { createRunner } from "./runner.ts";
import { fixture, request } from "./testing/request.ts";
import { isRunning, until } from "./testing/processes.ts";
import { toyProvider } from "./testing/toy-provider.ts";

const runner = createRunner({ cwd: import.meta.dirname });
afterAll(() => runner.close());

describe.each([
  ["in the runner", { runner }],
  ["through the launcher", {}],
])("the environment of a program %s", (_, place) => {
  const leaks = {
    AWS_REGION: "eu-west-1",
    KUBECONFIG: "/tmp/config",
    PULUMI_ACCESS_TOKEN: "token",
    NODE_OPTIONS: "",
    TZ: "Asia/Tokyo",
  };
  const before = Object.fromEntries(Object.keys(leaks).map((name) => [name, process.env[name]]));
  beforeEach(() => void Object.assign(process.env, leaks));
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  test("holds nothing of the caller's that could become an input, and the same time zone everywhere", async () => {
    const { ok, outputs } = await run(request(fixture("good/environment"), place));
    expect(ok).toBe(true);
    const own = (outputs["names"] as string[]).filter((name) => !/^PULUMI_(CONFIG|NODEJS_)/.test(name));
    expect(own.filter((name) => !["PATH", "HOME", "TMPDIR", "LANG", "TZ", "NODE_COMPILE_CACHE"].includes(name))).toEqual([]);
    expect(outputs["zone"]).toBe(0);
  });
});

test("programs that print parts of lines by turns each keep their own, the last one too", async () => {
  const names = ["anna", "bert"];
  const results = await Promise.all(names.map((who) => run(request(fixture("good/prints-parts", { who }), { runner }))));
  expect(results.map(({ diagnostics }) => diagnostics.map(({ message }) => message))).toEqual(
    names.map((who) => [`printed by ${who}`, `left by ${who}`]),
  );
});

test("programs that run at once in one runner do not mix: stack, configuration, resources, log and print", async () => {
  const names = ["anna", "bert", "carl", "dora"];
  const results = await Promise.all(
    names.map((who, i) =>
      run(
        request(fixture("good/talks", { who, count: 5 }), {
          runner,
          project: `project-${who}`,
          stack: i % 2 === 0 ? "staging" : "production",
          config: { [`project-${who}:size`]: String(i) },
          mode: i < 2 ? "update" : "preview",
        }),
      ),
    ),
  );
  results.forEach((result, i) => {
    const who = names[i]!;
    const stack = i % 2 === 0 ? "staging" : "production";
    expect(result.outputs).toEqual({ who, stack, project: `project-${who}`, size: String(i) });
    expect(result.diagnostics.map(({ message }) => message).toSorted()).toEqual([
      ...Array<string>(5).fill(`printed by ${who}`),
      ...Array<string>(5).fill(`warned by ${who}`),
    ]);
    expect(result.steps.map(({ name }) => name).filter((name) => names.some((other) => name.startsWith(`${other}-`)))).toEqual(
      [0, 1, 2, 3, 4].map((n) => `${who}-${n}`),
    );
    expect(result.steps.every(({ urn }) => urn.startsWith(`urn:pulumi:${stack}::project-${who}::`))).toBe(true);
  });
});

test("a program that fails in the runner does not fail the others", async () => {
  const [bad, good] = await Promise.all([
    run(request(fixture("bad/throws-in-apply"), { runner })),
    run(request(fixture("good/applies"), { runner })),
  ]);
  expect(bad!.ok).toBe(false);
  expect(good!.diagnostics).toEqual([]);
  expect(good!.ok).toBe(true);
});

test("when the runner's process is killed, its programs are run alone, and the next one gets a new process", async () => {
  const pids: number[] = [];
  const hear = (message: string) => {
    const pid = Number(/^is (\d+)$/.exec(message)?.[1]);
    if (pid) pids.push(pid);
    if (pid && pids.length === 1) process.kill(pid, "SIGKILL");
  };
  const first = await run(
    request(fixture("good/says-pid", { stay: 3_000 }), {
      runner,
      onEvent: (event) => event.kind === "diagnostic" && hear(event.diagnostic.message),
    }),
  );
  expect(first.ok).toBe(true);
  expect(isRunning(pids[0]!)).toBe(false);

  const { diagnostics, ok } = await run(request(fixture("good/says-pid", { stay: 0 }), { runner }));
  expect(ok).toBe(true);
  expect(diagnostics.map(({ message }) => message)).not.toContain(`is ${pids[0]}`);
});

describe.each(["runner", "launcher"])("nothing outlives its run, in the %s:", (place) => {
  test("an aborted one ends with its program, and deletes nothing", async () => {
    const own = createRunner({ cwd: import.meta.dirname });
    const stop = new AbortController();
    const started: number[] = [];
    const hear = (message: string) => {
      const found = /^started (\d+), is (\d+)$/.exec(message);
      if (!found) return;
      started.push(Number(found[1]), Number(found[2]));
      stop.abort();
    };
    const { state } = await run(request(fixture("good/shrinks", { names: ["kept"] }), { runner: own }));
    const { ok, diagnostics } = await run(
      request(fixture("bad/starts-others"), {
        runner: place === "runner" ? own : undefined,
        state,
        signal: stop.signal,
        onEvent: (event) => event.kind === "diagnostic" && hear(event.diagnostic.message),
      }),
    );
    await own.close();
    expect(ok).toBe(false);
    expect(diagnostics.map(({ message }) => message)).toContain("the run was interrupted; nothing was deleted");
    expect(state.resources().map(({ name }) => name)).toContain("kept");
    expect(started).toHaveLength(2);
    for (const pid of started) await until(`process ${pid} has ended`, () => !isRunning(pid));
  });

  test("one whose host is killed with SIGKILL ends with it, and with what the program started", async () => {
    const module = fileURLToPath(new URL("./fixtures/bad/starts-others.ts", import.meta.url));
    const host = spawn(process.execPath, [fileURLToPath(new URL("./testing/host-process.ts", import.meta.url)), module, place], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const started = await new Promise<number[]>((resolve, reject) => {
      host.once("exit", () => reject(new Error("the host ended before its program had started")));
      createInterface({ input: host.stdout }).on("line", (line) => {
        const found = /^started (\d+), is (\d+)$/.exec(line);
        if (found) resolve([Number(found[1]), Number(found[2])]);
      });
    });
    expect(started.every(isRunning)).toBe(true);
    host.kill("SIGKILL");
    for (const pid of started) await until(`process ${pid} has ended`, () => !isRunning(pid));
  });
});

test("a call that takes long is no sign of being stuck", async () => {
  const toy = toyProvider();
  // Longer than the quiet time that is allowed: the heartbeats of a quiet program would count up to it.
  const slow = {
    ...toy,
    configure: async () => slow,
    create: async (...args: Parameters<typeof toy.create>) => (await after(2_500), toy.create(...args)),
  };
  const result = await run(request(fixture("good/shrinks"), { runner, providers: () => slow, quietSeconds: 1 }));
  expect(result.ok).toBe(true);
});

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
