import { describe, expect, test } from "vitest";
import { memoryState } from "./memory.ts";
import { names, resource, urnOf } from "./testing.ts";

describe("state in memory", () => {
  test("is empty and without a salt at first, so that plans generate the same names each time", () => {
    const state = memoryState();
    expect([state.resources(), state.outputs(), state.intents(), state.salt]).toEqual([[], {}, [], ""]);
  });

  test("keeps a replaced entry beside its replacement until it is removed", async () => {
    const state = memoryState({ resources: [resource("a")] });
    await state.commit([
      { kind: "put", resource: resource("a", { delete: true }) },
      { kind: "put", resource: resource("a", { generation: 1, id: "new" }) },
    ]);
    expect(names(state.resources())).toEqual(["(a)", "a"]);
    await state.commit([{ kind: "remove", urn: urnOf("a"), generation: 0 }]);
    expect(state.resources().map(({ id }) => id)).toEqual(["new"]);
  });

  test("settles an intent by the put of its entry, and drops it with the entry's removal", async () => {
    const state = memoryState();
    const [one, two] = [resource("one"), resource("two")];
    await state.commit([
      { kind: "intent", intent: { token: "t1", resource: one } },
      { kind: "intent", intent: { token: "t2", resource: two } },
    ]);
    expect(state.intents().map(({ token }) => token)).toEqual(["t1", "t2"]);
    expect(state.resources()).toEqual([]);
    await state.commit([{ kind: "put", resource: one }]);
    expect(state.intents().map(({ token }) => token)).toEqual(["t2"]);
    await state.commit([{ kind: "remove", urn: two.urn, generation: 0 }]);
    expect(state.intents()).toEqual([]);
  });

  test("does not change what was read before a commit", async () => {
    const state = memoryState({ resources: [resource("a")], outputs: { url: "old" } });
    const [before, outputs] = [state.resources(), state.outputs()];
    await state.commit([
      { kind: "put", resource: resource("b") },
      { kind: "outputs", outputs: { url: "new" } },
    ]);
    expect([names(before), outputs, names(state.resources()), state.outputs()]).toEqual([
      ["a"],
      { url: "old" },
      ["a", "b"],
      { url: "new" },
    ]);
  });
});
