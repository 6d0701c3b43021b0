import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createTrials } from "@fairway/planner/testing";
import type { Platform } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, describe, expect, test } from "vitest";
import { notifying, teamAlerting, type TeamTopics, topicsOf } from "./alerting.ts";
import { protocolOf } from "./alert-routes.ts";
import { chatStatements } from "./chat-channel.ts";
import { alertKeyStatements, topicStatements } from "./policies.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const place = { account: "222222222222", region: "eu-west-1" };
const TOPIC = "arn:aws:sns:eu-west-1:222222222222:acme-dev-shopping-page";
const ALARMS_ONLY = {
  ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:*" },
  StringEquals: { "aws:SourceAccount": "222222222222" },
};

describe("an alarm's arguments", () => {
  const alerting = { page: "page-topic", ticket: "ticket-topic", runbook: (name: string) => `https://acme.example/${name}` };

  test.each(["page", "ticket"] as const)(
    "of urgency %s notify that topic of trouble and of its end, and end in the runbook",
    (urgency) => {
      expect(notifying(alerting, { summary: "The shop is closed", urgency, runbook: "shop-closed" })).toEqual({
        alarmDescription: "The shop is closed.\n\nRunbook: https://acme.example/shop-closed",
        alarmActions: [`${urgency}-topic`],
        okActions: [`${urgency}-topic`],
      });
    },
  );
});

describe("a team's routes", () => {
  const settings = { repository: { owner: "acme", name: "platform" } } as Platform;
  const topics = pulumi.output("").apply((): Record<string, TeamTopics> => ({ shopping: { page: "p", ticket: "t" } }));
  const known = <Value>(output: pulumi.Input<Value>) => new Promise((resolve) => pulumi.output(output).apply(resolve));

  test("are its own topics, and runbooks of the repository", async () => {
    const alerting = teamAlerting(settings, "shopping", topics);
    expect([await known(alerting.page), await known(alerting.ticket)]).toEqual(["p", "t"]);
    expect(alerting.runbook("shop-closed")).toBe("https://github.com/acme/platform/blob/main/runbooks/shop-closed.md");
  });

  test("are refused for a team that has none, saying which do and what to run", () => {
    expect(() => topicsOf("payments", { shopping: { page: "p", ticket: "t" } })).toThrow(
      /no topics for team "payments", only for shopping. Run `pulumi up` in infra\/stacks\/observability/,
    );
  });
});

describe("who may publish to a topic and use its key", () => {
  test("of AWS's services is CloudWatch alone, for alarms of this account and region", () => {
    const statements = [...alertKeyStatements(place), ...topicStatements(TOPIC, place)];
    const services = statements.filter(({ Principal }) => typeof Principal === "object" && Principal.Service !== undefined);
    expect(services.map(({ Principal, Condition }) => [Principal, Condition])).toEqual([
      [{ Service: "cloudwatch.amazonaws.com" }, ALARMS_ONLY],
      [{ Service: "cloudwatch.amazonaws.com" }, ALARMS_ONLY],
    ]);
  });

  test("is nobody without TLS", () => {
    expect(topicStatements(TOPIC, place)).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
  });
});

test("a chat channel reads alarms and metrics and changes nothing", () => {
  const actions = chatStatements("222222222222").flatMap(({ Action }) => Action);
  expect(actions.filter((action) => !/^cloudwatch:(Describe|Get|List)\w+$/.test(action))).toEqual([]);
});

test.each([
  ["https://pager.acme.example/in", "https"],
  ["oncall@acme.example", "email"],
])("%s is reached by %s", (endpoint, protocol) => {
  expect(protocolOf(endpoint)).toBe(protocol);
});

describe("routes", () => {
  const routes = (args: object) =>
    trials.run({ program: { module: fileURLToPath(new URL("../../fixtures/alert-routes.ts", import.meta.url)), args } });

  test("of a removed team go, and the others stay as they are", async () => {
    const first = await routes({});
    expect(first.errors).toEqual([]);
    const teams = { platform: { page: "platform-oncall@acme.example", ticket: "platform@acme.example" } };
    const { steps } = await trials.run({
      program: { module: fileURLToPath(new URL("../../fixtures/alert-routes.ts", import.meta.url)), args: { teams } },
      state: first.state,
      mode: "preview",
    });
    const changed = steps.filter(({ op, provider }) => op !== "same" && !provider);
    expect(new Set(changed.map(({ op }) => op))).toEqual(new Set(["delete"]));
    expect(changed.filter(({ name }) => !name.startsWith("alerts-shopping-"))).toEqual([]);
  });

  test("whose operator is no team are refused: nobody would hear of pages that do not arrive", async () => {
    const { ok, errors } = await routes({ operator: "night-watch" });
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(/operator "night-watch" is none of the teams platform, shopping/);
  });
});
