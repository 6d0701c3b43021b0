// Loaded before the rehearsal: ends it with SIGKILL as soon as its n-th journal entry (KILL_AT) is on the disk.
import { open } from "node:fs/promises";

const limit = Number(process.env.KILL_AT);
let entries = 0;

const probe = await open(process.execPath, "r");
const prototype = Object.getPrototypeOf(probe);
await probe.close();
const { writeFile, datasync } = prototype;
const lines = new WeakMap();

// The journal is what is written in whole lines and then synced without its metadata.
/** @this {import("node:fs/promises").FileHandle} @param {string | Uint8Array} data @param {...unknown} rest */
prototype.writeFile = function (data, ...rest) {
  lines.set(this, (lines.get(this) ?? 0) + Buffer.from(data).toString("utf8").split("\n").length - 1);
  return writeFile.call(this, data, ...rest);
};
prototype.datasync = async function () {
  await datasync.call(this);
  entries += lines.get(this) ?? 0;
  lines.delete(this);
  if (entries >= limit) process.kill(process.pid, "SIGKILL");
};
