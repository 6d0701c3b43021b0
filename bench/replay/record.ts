import * as grpc from "@grpc/grpc-js";
import { rehearsedCloud } from "@fairway/cloud";
import { createRunner, type Runner } from "@fairway/engine";
import { planStacks } from "@fairway/planner";
import { stacksOf } from "../../tools/cli/plan/planned-stacks.ts";
import { chooseScopes, loadPlatform, ROOT } from "../../tools/cli/workspace/checkout.ts";
import { assumedImage } from "../../tools/cli/workspace/images.ts";
import { ORGANIZATION } from "../../tools/cli/workspace/organization.ts";
import { findPrograms } from "../../tools/cli/workspace/programs.ts";
import { rawMonitor, serveRaw } from "./raw-server.ts";
import { keyOf, type RecordedRun } from "./recording.ts";

/** Plans everything as `fairway plan` does, and keeps each answer that our engine gives. */
export async function record(): Promise<RecordedRun[]> {
  const platform = await loadPlatform();
  const environments = chooseScopes(platform, []);
  const stacks = await stacksOf({ root: ROOT, platform, programs: findPrograms(ROOT), environments, image: assumedImage });
  const recorded: RecordedRun[] = [];
  const children = { update: createRunner({ cwd: ROOT }), preview: createRunner({ cwd: ROOT }) };
  const runners = {
    update: recording(children.update, "update", recorded),
    preview: recording(children.preview, "preview", recorded),
  };
  try {
    const plans = await planStacks({ organization: ORGANIZATION, stacks, providers: rehearsedCloud(), runners });
    const failed = plans.filter(({ ok }) => !ok).map(({ project, stack }) => `${project}/${stack}`);
    if (failed.length > 0)
      throw new Error(`there is nothing to replay: ${failed.join(", ")} can't be planned. Run: npx fairway plan`);
    return recorded;
  } finally {
    await Promise.all([children.update.close(), children.preview.close()]);
  }
}

/** A runner whose programs talk to the engine through us. */
function recording(runner: Runner, pass: RecordedRun["pass"], recorded: RecordedRun[]): Runner {
  return {
    close: () => runner.close(),
    run(order, listener) {
      const { address, ...facts } = order;
      const run: RecordedRun = { pass, order: facts, answers: {}, calls: 0 };
      const started = serveBetween(address, run).then(({ address: ours, close }) => ({
        program: runner.run({ ...order, address: ours }, listener),
        close,
      }));
      return {
        ended: started.then(async ({ program, close }) => {
          const end = await program.ended;
          close();
          recorded.push(run);
          return end;
        }),
        describe: async () => (await started).program.describe(),
        kill: () => void started.then(({ program }) => program.kill()),
      };
    },
  };
}

async function serveBetween(engine: string, run: RecordedRun): Promise<{ address: string; close: () => void }> {
  const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const client = new grpc.Client(engine, grpc.credentials.createInsecure(), unlimited);
  const asIs = (bytes: Buffer) => bytes;
  const server = await serveRaw(async (method, request) => {
    const answer = await new Promise<Buffer>((resolve, reject) => {
      client.makeUnaryRequest(rawMonitor[method]!.path, asIs, asIs, request, (error, response) =>
        error ? reject(error) : resolve(response!),
      );
    });
    run.calls++;
    run.answers[keyOf(method, request)] = answer.toString("base64");
    return answer;
  });
  return {
    address: server.address,
    close() {
      client.close();
      server.close();
    },
  };
}
