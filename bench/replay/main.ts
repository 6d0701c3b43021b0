/**
 * `node main.ts FILE`: runs the recorded programs, in both passes, against answers from memory. It is the floor that a plan is measured
 * against: the SDK, the programs, two runners and gRPC, with nobody deciding anything.
 */
import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(new URL("../..", import.meta.url)));
// The same cache as the `fairway` command's, which loads its code in the same way.
enableCompileCache(resolve(root, ".fairway/compile-cache"));
const { replay } = await import("./replay.ts");

const file = process.argv[2];
if (!file) throw new Error("usage: node main.ts FILE, a recording made by bench/run.mjs");
console.log(JSON.stringify(await replay(JSON.parse(readFileSync(file, "utf8")), root)));
