#!/usr/bin/env node
// Runs on whatever Node the machine has (20 or later), and hands over to the pinned one, which can load TypeScript.
import { fileURLToPath } from "node:url";
import { Refusal } from "../tools/bootstrap/npm.mjs";
import { becomeOn } from "../tools/bootstrap/run.mjs";
import { ensureNode } from "../tools/bootstrap/toolchain.mjs";

try {
  const node = await ensureNode({ say: (line) => console.error(line) });
  await becomeOn(node, [fileURLToPath(new URL("./main.ts", import.meta.url)), ...process.argv.slice(2)]);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exit(1);
}
