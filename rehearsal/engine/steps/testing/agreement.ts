import { expect } from "vitest";
import type { Stack } from "./program.ts";

/** What exists and what the state says exists, compared: nothing is lost, nothing is there twice. */
export function expectAgreement(stack: Stack, { resources }: { resources: { length: number } }): void {
  const boxes = stack.state.resources().filter((entry) => entry.type === "toy:index:Box");
  const state = boxes.map(({ id, urn, inputs }) => ({ id, urn, inputs }));
  const world = [...stack.world.things].map(([id, { inputs }]) => ({ id, inputs }));
  expect(sorted(world)).toEqual(sorted(state.map(({ id, inputs }) => ({ id, inputs }))));
  expect(stack.entries().length).toBe(resources.length);
  expect(stack.entries().filter((name) => name.includes("("))).toEqual([]);
  expect(stack.state.intents()).toEqual([]);
}

function sorted<T extends { id: string }>(things: T[]): T[] {
  return things.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
