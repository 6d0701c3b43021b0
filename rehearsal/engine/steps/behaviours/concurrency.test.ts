import { describe, expect, test } from "vitest";
import { Stack } from "../testing/program.ts";

describe("registrations that come in all at once", () => {
  test("are carried out side by side: one provider call does not wait for another", async () => {
    const stack = new Stack();
    const both = Promise.withResolvers<void>();
    let arrived = 0;
    stack.world.before = async () => {
      if (++arrived === 2) both.resolve();
      await both.promise;
    };
    await stack.up(async ({ box }) => void (await Promise.all([box("a"), box("b")])));
    expect(stack.entries().sort()).toEqual(["a", "b"]);
  });

  test("are decided in the order of arrival, however long each takes", async () => {
    const stack = new Stack();
    const names = Array.from({ length: 20 }, (_, i) => `box-${i}`);
    const { steps } = await stack.up(async ({ box }) => void (await Promise.all(names.map((name) => box(name)))));
    expect(steps.filter((step) => step.type === "toy:index:Box").map((step) => step.name)).toEqual(names);
  });
});

describe("an event", () => {
  test("of a finished step comes after the state holds its result, and brings old and new", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { size: 1 })));
    const seen: unknown[] = [];
    await stack.up(async ({ box }) => void (await box("a", { size: 2 })), {
      onEvent: (event) => {
        if (event.kind !== "step-done" || event.step.name !== "a") return;
        seen.push([event.previous?.inputs["size"], event.resource?.inputs["size"], stack.entry("a").inputs["size"]]);
      },
    });
    expect(seen).toEqual([[1, 2, 2]]);
  });

  test("of a deletion brings what was", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a")));
    const { events } = await stack.destroy();
    const done = events.find((event) => event.kind === "step-done" && event.step.name === "a");
    expect(done).toMatchObject({ previous: { name: "a" }, resource: undefined });
  });

  test("says that a step failed, and why", async () => {
    const stack = new Stack();
    stack.world.before = () => {
      throw new Error("no room");
    };
    const { events } = await stack.up(async ({ box }) => void (await box("a")));
    expect(events.filter((event) => event.kind === "step-failed")).toMatchObject([
      { step: { op: "create", name: "a" }, message: "a (toy:index:Box): create failed: no room" },
    ]);
  });
});

describe("an aborted deployment", () => {
  test("rejects what is in flight at once, keeps what was made, deletes nothing", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("old")));
    const abort = new AbortController();
    const release = Promise.withResolvers<void>();
    stack.world.before = async (call) => {
      if (call.kind !== "create") return;
      abort.abort();
      await release.promise;
    };
    const { deployment } = await stack.up(
      async ({ box }) => {
        await expect(box("a")).rejects.toMatchObject({ kind: "unavailable" });
        await expect(box("b")).rejects.toMatchObject({ kind: "unavailable" });
        release.resolve();
      },
      { signal: abort.signal },
    );
    expect(deployment.failed).toBe(true);
    expect(stack.entries().sort()).toEqual(["a", "old"]);
    expect(stack.world.told()).toEqual(["create old", "create a"]);
  });

  test("before it began does nothing", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a")));
    await stack.destroy({ signal: AbortSignal.abort() });
    expect(stack.entries()).toEqual(["a"]);
  });
});

describe("outputs of the stack", () => {
  test("are the program's when it succeeded", async () => {
    const stack = new Stack({ outputs: { gone: 1 } });
    const { deployment } = await stack.up(async (say) => say.deployment.registerOutputs(say.stack, { url: "new" }));
    expect([stack.state.outputs(), deployment.outputs]).toEqual([{ url: "new" }, { url: "new" }]);
  });

  test("are the old ones overlaid with the new when it failed", async () => {
    const stack = new Stack({ outputs: { kept: 1, url: "old" } });
    await stack.up(async (say) => {
      await say.deployment.registerOutputs(say.stack, { url: "new" });
      throw new Error("after that, a mistake");
    });
    expect(stack.state.outputs()).toEqual({ kept: 1, url: "new" });
  });

  test("of a preview are answered and not written", async () => {
    const stack = new Stack({ outputs: { url: "old" } });
    const { deployment } = await stack.preview(async (say) => say.deployment.registerOutputs(say.stack, { url: "new" }));
    expect([stack.state.outputs(), deployment.outputs]).toEqual([{ url: "old" }, { url: "new" }]);
  });
});

describe("deletions", () => {
  test("wait for what depends on the component around them", async () => {
    const stack = new Stack();
    await stack.up(async ({ box, group }) => {
      const { urn } = await group("g");
      await box("inside", {}, { parent: urn });
      await box("user", {}, { dependencies: [urn] });
    });
    expect((await stack.destroy()).told).toEqual(["delete user", "delete inside", "delete g"]);
  });

  test("stop at a failure: what the failed one needs stays, what was not begun is not", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => {
      const a = await box("a");
      await box("b", {}, { dependencies: [a.urn] });
    });
    stack.world.before = () => {
      throw new Error("in use");
    };
    const { errors, deployment } = await stack.destroy();
    expect([errors, deployment.failed]).toEqual([["b (toy:index:Box): delete failed: in use"], true]);
    expect(stack.entries().sort()).toEqual(["a", "b"]);
    stack.world.before = () => undefined;
    expect((await stack.destroy()).errors).toEqual([]);
    expect(stack.world.things.size).toBe(0);
  });

  test("take up what an earlier run replaced and did not come to deleting", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { fixed: 1 })));
    stack.world.before = (call) => {
      if (call.kind === "delete") throw new Error("not now");
    };
    await stack.up(async ({ box }) => void (await box("a", { fixed: 2 })));
    expect(stack.entries().sort()).toEqual(["a", "a (delete)"]);
    stack.world.before = () => undefined;
    expect((await stack.up(async ({ box }) => void (await box("a", { fixed: 2 })))).told).toEqual(["delete-replaced a"]);
    expect(stack.entries()).toEqual(["a"]);
  });
});

describe("generated ids and names", () => {
  test("depend on URN, generation and salt only", async () => {
    const ids = async (salt: string) => {
      const stack = new Stack({ salt });
      const found: string[] = [];
      for (const fixed of [1, 2]) {
        await stack.up(async ({ box }) => void (await box("a", { fixed })));
        found.push(stack.entry("a").id, String(stack.entry("a").inputs["label"]));
      }
      return found;
    };
    const [one, again, other] = [await ids("x"), await ids("x"), await ids("y")];
    expect(again).toEqual(one);
    expect(new Set([...one, ...other]).size).toBe(8);
  });
});
