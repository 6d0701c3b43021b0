import { createRunner, type Runner } from "../../rehearsal/engine/host/runner.ts";
import { serveRaw } from "./raw-server.ts";
import { keyOf, type RecordedRun } from "./recording.ts";

/**
 * Runs every recorded program at once, each against a monitor that knows its answers.
 *
 * @throws when a program asks for what was not recorded, or fails: then it is not the same work
 */
export async function replay(runs: readonly RecordedRun[], cwd: string): Promise<{ programs: number; calls: number }> {
  const runners = { update: createRunner({ cwd, sdkRoot: cwd }), preview: createRunner({ cwd, sdkRoot: cwd }) };
  try {
    const calls = await Promise.all(runs.map((run) => replayOne(run, runners[run.pass])));
    return { programs: runs.length, calls: calls.reduce((sum, each) => sum + each, 0) };
  } finally {
    await Promise.all([runners.update.close(), runners.preview.close()]);
  }
}

async function replayOne(run: RecordedRun, runner: Runner): Promise<number> {
  const answers = new Map(Object.entries(run.answers).map(([key, answer]) => [key, Buffer.from(answer, "base64")]));
  const title = `${run.order.project}/${run.order.stack} (${run.pass})`;
  let calls = 0;
  const server = await serveRaw((method, request) => {
    calls++;
    const answer = answers.get(keyOf(method, request));
    if (!answer) throw new Error(`${title} asks for what it did not when it was recorded: ${keyOf(method, request)}`);
    return answer;
  });
  const said: string[] = [];
  const program = runner.run(
    { ...run.order, address: server.address },
    { onTick: () => {}, onOutput: () => {}, onLog: ({ severity, message }) => severity === "error" && said.push(message) },
  );
  const end = await program.ended;
  server.close();
  const errors = [...said, ...end.errors];
  if (!end.ok || errors.length > 0)
    throw new Error(`${title} failed against its own answers: ${errors.join("\n") || end.otherwise}`);
  if (calls !== run.calls) throw new Error(`${title} made ${calls} calls, ${run.calls} when it was recorded`);
  return calls;
}
