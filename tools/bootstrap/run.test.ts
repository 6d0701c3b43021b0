import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFirst } from "./run.mjs";

/** A process that becomes the given code on this Node, as bootstrap does on the pinned one. */
function shadowOf(code: string) {
  const script = `import { becomeOn } from ${JSON.stringify(join(import.meta.dirname, "run.mjs"))};
    await becomeOn(process.execPath, ["-e", ${JSON.stringify(code)}]);`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
}

describe("a script that runs on another Node", () => {
  test("gives its exit code to the one that started it", async () => {
    const [code] = await once(shadowOf("process.exit(3)"), "close");
    expect(code).toBe(3);
  });

  test("gets the signals that the one that started it gets, and may end in its own way", async () => {
    const shadow = shadowOf(
      "process.on('SIGTERM', () => { console.log('drained'); process.exit(0); }); setInterval(() => {}, 1e6); console.log('ready')",
    );
    let output = "";
    shadow.stdout.on("data", (chunk) => {
      output += chunk;
      if (String(chunk).includes("ready")) shadow.kill("SIGTERM");
    });
    expect(await once(shadow, "close")).toEqual([0, null]);
    expect(output).toBe("ready\ndrained\n");
  });

  test("that dies of a signal looks so from outside", async () => {
    expect(await once(shadowOf("process.kill(process.pid, 'SIGKILL')"), "close")).toEqual([null, "SIGKILL"]);
  });

  test("finds itself first on the PATH, however that is spelled", () => {
    expect(nodeFirst("/opt/node24/bin/node", { Path: "/usr/bin" })).toEqual({ Path: "/opt/node24/bin:/usr/bin" });
    expect(nodeFirst("/opt/node24/bin/node", {})).toEqual({ PATH: "/opt/node24/bin" });
  });
});
