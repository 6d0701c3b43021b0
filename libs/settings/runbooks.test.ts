import { expect, test } from "vitest";
import { runbookUrl } from "./runbooks.ts";

const repository = { owner: "acme-chandlery", name: "platform" };

test("a runbook is read on GitHub, as main has it", () => {
  expect(runbookUrl({ repository }, "service-errors")).toBe(
    "https://github.com/acme-chandlery/platform/blob/main/runbooks/service-errors.md",
  );
});

test.each(["service-errors.md", "../README", "Service Errors", ""])("%j is no runbook's name", (name) => {
  expect(() => runbookUrl({ repository }, name)).toThrow(`"${name}" is no runbook's name: lower case, digits and hyphens`);
});
