#!/usr/bin/env node
// Runs on whatever Node the machine has (20 or later), and hands over to the pinned one, which can load TypeScript.
import module from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "../../bootstrap/npm.mjs";
import { becomeOn, nodeFirst } from "../../bootstrap/run.mjs";
import { ensureNode, ROOT } from "../../bootstrap/toolchain.mjs";

try {
  const node = await ensureNode({ say: (line) => console.error(line) });
  if (node !== process.execPath) await becomeOn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
  module.enableCompileCache?.(join(ROOT, ".fairway/compile-cache"));
  Object.assign(process.env, nodeFirst(node));
  await import("../main.ts");
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exit(1);
}
