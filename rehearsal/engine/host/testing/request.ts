import { fileURLToPath } from "node:url";
import { Secret } from "../../properties/value.ts";
import type { RunOptions } from "../../run.ts";
import { memoryState } from "../../state/memory.ts";
import type { Program, RunRequest } from "../../types.ts";
import { toyProvider } from "./toy-provider.ts";

/** A module under `fixtures/`, for example `good/applies`. */
export function fixture(name: string, args?: unknown): Program {
  return { module: fileURLToPath(new URL(`../fixtures/${name}.ts`, import.meta.url)), args };
}

export function fixtureFolder(name: string): Program {
  return { folder: fileURLToPath(new URL(`../fixtures/folders/${name}`, import.meta.url)) };
}

/** A run of a fixture as project `test`, stack `staging`, with all that the fixtures expect; `changes` win. */
export function request(program: Program, changes: Partial<RunRequest & RunOptions> = {}): RunRequest & RunOptions {
  return {
    project: "test",
    stack: "staging",
    organization: "organization",
    program,
    config: { "test:password": "hunter2", "test:limits": JSON.stringify({ size: 3 }), "toy:zone": "north" },
    secretKeys: ["test:password"],
    mode: "update",
    state: memoryState(),
    providers: toyProvider,
    references: async (name) =>
      name === "organization/network/staging"
        ? { outputs: { address: "10.0.0.1", password: new Secret("from network") }, secretOutputNames: ["password"] }
        : undefined,
    ...changes,
  };
}
