import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { neededUrns } from "../../state/topological.ts";
import type { ResourceState } from "../../types.ts";
import { expectAgreement } from "../testing/agreement.ts";
import { Stack } from "../testing/program.ts";
import { programs, runnable } from "../testing/random-programs.ts";

describe("for any program", () => {
  test("a second run does nothing: no step, no call, no write", async () => {
    await fc.assert(
      fc.asyncProperty(programs(), async (program) => {
        const stack = new Stack();
        expect((await stack.up(runnable(program))).errors).toEqual([]);
        expectAgreement(stack, program);
        const calls = stack.world.calls.length;
        const commit = () => Promise.reject(new Error("a write, with nothing to write"));
        const { steps, errors } = await stack.up(runnable(program), { state: { ...stack.state, commit } });
        expect(errors).toEqual([]);
        expect(steps.filter((step) => step.op !== "same")).toEqual([]);
        expect(stack.world.calls.length).toBe(calls);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test("a destroy leaves nothing, and deletes nothing before what depends on it", async () => {
    await fc.assert(
      fc.asyncProperty(programs(), async (program) => {
        const stack = new Stack();
        await stack.up(runnable(program));
        const all = new Map(stack.state.resources().map((entry) => [entry.urn, entry]));
        const needs = (from: string, urn: string): boolean =>
          neededUrns(all.get(from)!).some((needed) => needed === urn || (all.has(needed) && needs(needed, urn)));
        const left = new Map(all);
        const tooEarly: string[] = [];
        const { errors } = await stack.destroy({
          onEvent: (event) => {
            if (event.kind !== "step-done" || !event.previous) return;
            const { urn } = event.previous;
            left.delete(urn);
            for (const other of left.values()) {
              // What goes with its host is forgotten once the host is gone, which is after all that needs the host.
              const waits =
                other.deletedWith !== "" && (other.deletedWith === urn || needs(urn, other.deletedWith) || hosted(other, urn));
              if (!waits && neededUrns(other).includes(urn)) tooEarly.push(`${urn} before ${other.urn}`);
            }
          },
        });
        function hosted(guest: ResourceState, urn: string): boolean {
          const host = all.get(guest.deletedWith);
          return host !== undefined && (host.urn === urn || needs(urn, host.urn) || hosted(host, urn));
        }
        expect([errors, tooEarly]).toEqual([[], []]);
        expect([...stack.world.things]).toEqual([]);
        expect(stack.state.resources()).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

const simple = { deleteFirst: false, hosts: false };

describe("for any edit of any program", () => {
  test("state and world become what the second program says, and a third run does nothing", async () => {
    await fc.assert(
      fc.asyncProperty(programs(), programs(), async (first, second) => {
        const stack = new Stack();
        await stack.up(runnable(first));
        expect((await stack.up(runnable(second))).errors).toEqual([]);
        expectAgreement(stack, second);
        expect((await stack.up(runnable(second))).steps.filter((step) => step.op !== "same")).toEqual([]);
        expect((await stack.destroy()).errors).toEqual([]);
        expect([stack.world.things.size, stack.state.resources().length]).toEqual([0, 0]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test("nothing is deleted that something in the world still uses, unless it must be deleted first", async () => {
    await fc.assert(
      fc.asyncProperty(programs(simple), programs(simple), async (first, second) => {
        const stack = new Stack();
        await stack.up(runnable(first));
        stack.world.before = (call) => {
          if (call.kind !== "delete") return;
          const gone = [...stack.world.things].find(
            ([, thing]) => thing.urn === call.urn && thing.inputs["label"] === call.inputs["label"],
          );
          const users = [...stack.world.things.values()].filter(
            ({ inputs }) => gone && [inputs["of"], inputs["fixed"]].includes(gone[0]),
          );
          expect(users.map((user) => user.urn)).toEqual([]);
        };
        expect((await stack.up(runnable(second))).errors).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test("the preview writes nothing, calls nothing, and plans each resource that the update then touches", async () => {
    await fc.assert(
      fc.asyncProperty(programs(), programs(), async (first, second) => {
        const stack = new Stack();
        await stack.up(runnable(first));
        const [calls, before] = [stack.world.calls.length, stack.state.resources()];
        const preview = await stack.preview(runnable(second));
        expect(preview.errors).toEqual([]);
        expect(stack.world.calls.length).toBe(calls);
        expect(stack.state.resources()).toEqual(before);
        const planned = new Set(preview.steps.filter((step) => step.op !== "same").map((step) => step.urn));
        const update = await stack.up(runnable(second));
        const touched = update.steps.filter((step) => step.op !== "same").map((step) => step.urn);
        expect(touched.filter((urn) => !planned.has(urn))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test("a plan is the same twice", async () => {
    await fc.assert(
      fc.asyncProperty(programs(), programs(), async (first, second) => {
        const stack = new Stack();
        await stack.up(runnable(first));
        const plan = async () => JSON.stringify((await stack.preview(runnable(second))).steps);
        expect(await plan()).toBe(await plan());
      }),
      { numRuns: 50 },
    );
  }, 60_000);
});
