import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { cpuSeconds, runCold } from "./cold-process.ts";

const node = (script: string) => ({ argv: [process.execPath, "-e", script], cwd: tmpdir() });

test("times of a shell and its children are added up, as dash and as bash print them", () => {
  expect(cpuSeconds("0m0.010000s 0m0.020000s\n1m2.500000s 0m0.100000s\n")).toBeCloseTo(62.63);
  expect(cpuSeconds("0m0.010s 0m0.020s\n1m2.500s 0m0.100s\n")).toBeCloseTo(62.63);
  expect(() => cpuSeconds("sh: times: not found")).toThrow("times");
});

test("a grandchild's CPU time counts", async () => {
  const burn = "const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);";
  const { cpu } = await runCold(
    node(`require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(burn)}])`),
  );
  expect(cpu).toBeGreaterThan(0.3);
});

test("the command's output comes back", async () => {
  expect((await runCold(node("console.log('done')"))).stdout).toBe("done\n");
});

test("a command that fails is not a measurement", async () => {
  await expect(runCold(node("console.error('no bucket'); process.exit(3)"))).rejects.toThrow(/exited with 3:\nno bucket/);
});
