import { expect, test } from "vitest";
import { inOurWords } from "./wording.ts";

const circumstances = { consumer: "organization/edge/dev", references: new Map() };

test("an error of a program keeps its sentence and the frames of the program's own files", () => {
  const dump = [
    '<ref *1> Error: error serializing property "outputs": settings name eu-west-1z.',
    "    at file:///acme/infra/components/network/zones.ts:15:24",
    "    at applyHelperAsync (/acme/node_modules/@pulumi/pulumi/output.js:330:31)",
    "    at process.processTicksAndRejections (node:internal/process/task_queues:104:5) {",
    "  promise: Promise { <rejected> [Circular *1] }",
    "}",
  ].join("\n");
  expect(inOurWords(dump, circumstances)).toBe(
    "Error: settings name eu-west-1z.\n    at file:///acme/infra/components/network/zones.ts:15:24",
  );
});

test("a property that can't be serialized is still named", () => {
  const message = 'Error: error serializing property "cidrBlock": it is a function';
  expect(inOurWords(message, circumstances)).toBe(message);
});
