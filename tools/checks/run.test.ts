import { afterEach, expect, test, vi } from "vitest";
import { runCheck } from "./run.ts";

const node = (code: string) => [process.execPath, "-e", code];
const lines = vi.spyOn(console, "log").mockImplementation(() => {});
const said = () => lines.mock.calls.flat().join("\n");
afterEach(() => lines.mockClear());

test("a check whose command succeeds passes, and keeps quiet about its output", async () => {
  expect(await runCheck({ name: "lint", command: node("console.log('287 files')") }, process.cwd())).toBe("passed");
  expect(said()).toMatch(/^✔ lint/);
  expect(said()).not.toContain("287 files");
});

test("a check whose command fails shows what it said, and what to do", async () => {
  const check = {
    name: "format",
    command: node("console.error('a.ts is not formatted'); process.exit(3)"),
    remedy: "npm run format",
  };
  expect(await runCheck(check, process.cwd())).toBe("failed");
  expect(said()).toMatch(/✘ format[^]*a\.ts is not formatted\nTo mend it: npm run format/);
});

test("a check that needs a program which is not here is skipped, and says which", async () => {
  expect(await runCheck({ name: "shell", command: ["no-such-program", "x"], needs: "no-such-program" }, process.cwd())).toBe(
    "skipped",
  );
  expect(said()).toBe("- shell skipped: no-such-program is not on the PATH, and is no npm package");
});

test("a check whose npm package is missing fails", async () => {
  expect(await runCheck({ name: "lint", command: ["no-such-program"] }, process.cwd())).toBe("failed");
});
