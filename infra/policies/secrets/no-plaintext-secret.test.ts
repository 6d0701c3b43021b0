import type { JsonMap } from "@fairway/resources";
import { expect, test } from "vitest";
import settings from "../../../platform.config.ts";
import { judging, resource } from "../testing/judge.ts";

const { judge } = judging(settings);

/** In parts, so that nothing that looks for credentials in the repository finds it. */
const TOKEN = ["gh", "p_", "a".repeat(36)].join("");
const PORT = { name: "PORT", value: "80" };

const task = (container: JsonMap, secrets: string[] = []) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    "task",
    { containerDefinitions: JSON.stringify([{ name: "shop", environment: [PORT], ...container }]) },
    { secrets },
  );
const at = "task: containerDefinitions[0]";

test.each<[string, JsonMap, string]>([
  ["a command", { command: ["serve", `--token=${TOKEN}`] }, `${at}.command[1] holds a GitHub token`],
  [
    "a log driver's options",
    { logConfiguration: { options: { tag: TOKEN } } },
    `${at}.logConfiguration.options.tag: tag holds a GitHub token`,
  ],
  ["a label", { dockerLabels: { by: TOKEN } }, `${at}.dockerLabels.by holds a GitHub token`],
  ["a health check", { healthCheck: { command: ["CMD", TOKEN] } }, `${at}.healthCheck.command[1] holds a GitHub token`],
  ["a variable", { environment: [PORT, { name: "X", value: TOKEN }] }, `${at}.environment[1].value: X holds a GitHub token`],
  [
    "a log driver's option that is named like a secret",
    { logConfiguration: { options: { "splunk-token": "correct-horse-battery" } } },
    `${at}.logConfiguration.options["splunk-token"]: splunk-token holds a value in plain text`,
  ],
])("a secret in %s of a container is found beside its variables, once", (_, container, message) => {
  expect(judge("no-plaintext-secret", task(container))).toEqual([message]);
});

test("what Pulumi holds as a secret is still shown by whoever describes the task", () => {
  expect(judge("no-plaintext-secret", task({ command: [TOKEN] }, ["containerDefinitions"]))).toEqual([
    `${at}.command[0] holds a GitHub token`,
  ]);
});

test("a pod's command is read too", () => {
  const spec = { containers: [{ name: "shop", env: [PORT], args: [`--token=${TOKEN}`] }] };
  expect(judge("no-plaintext-secret", resource("kubernetes:core/v1:Pod", "pod", { spec }))).toEqual([
    "pod: spec.containers[0].args[0] holds a GitHub token",
  ]);
});

test("a task without secrets passes", () => {
  const options = { "awslogs-group": "shop", "awslogs-region": "eu-west-1", mode: "non-blocking" };
  expect(judge("no-plaintext-secret", task({ command: ["serve"], logConfiguration: { options } }))).toEqual([]);
});
