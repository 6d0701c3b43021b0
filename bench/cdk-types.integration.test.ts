import { expect, test } from "vitest";
import { unmapped } from "./cdk-types.ts";
import { runCold } from "./measure/cold-process.ts";
import { countTypes, planCommand } from "./plan-command.ts";

test("every type of the platform's plan stands in the table of CloudFormation types", async () => {
  const { stdout } = await runCold({ ...planCommand, argv: [...planCommand.argv, "--no-strict"] });
  const counts = countTypes(JSON.parse(stdout));
  expect(counts.get("aws:ec2/vpc:Vpc")).toBe(3);
  expect(unmapped(counts)).toEqual([]);
});
