import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@fairway/clock";
import { createEffects } from "../effects.ts";
import { freePort } from "../tasks/free-port.ts";
import type { Effects, EffectsEvent } from "../types.ts";
import { bundleFolder, digest, stack, type StackOptions } from "./resources.ts";

/** Effects of one environment, `staging`, on a free port and in a folder of their own. */
export interface Rehearsal {
  effects: Effects;
  folder: string;
  url: string;
  events: EffectsEvent[];
  /** Puts the stack with other options, as a changed program would. */
  change(options: StackOptions): void;
  /** Ends everything that was started. */
  end(): Promise<void>;
}

export async function rehearse(options: StackOptions = {}, folder?: string): Promise<Rehearsal> {
  const port = await freePort();
  const own = folder ?? mkdtempSync(join(tmpdir(), "fairway-effects-"));
  const events: EffectsEvent[] = [];
  const effects = createEffects({
    folder: own,
    clock: systemClock,
    ports: { staging: port },
    bundle: (wanted) => (wanted === digest ? bundleFolder : undefined),
    node: process.execPath,
    onEvent: (event) => events.push(event),
  });
  const change = (changed: StackOptions) => {
    for (const resource of stack({ ...options, ...changed })) effects.put("staging", resource);
  };
  change({});
  await effects.start();
  return {
    effects,
    folder: own,
    url: `http://127.0.0.1:${port}`,
    events,
    change,
    async end() {
      await effects.stop();
      if (folder === undefined) rmSync(own, { recursive: true, force: true });
    },
  };
}

/** Waits until a condition holds. @throws after the deadline, saying what was waited for */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 15): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await systemClock.wait(20);
  }
}
