import { fileURLToPath } from "node:url";
import { modelledTypes, rehearsedCloud } from "@fairway/cloud";
import { createTrials } from "@fairway/planner/testing";
import { environmentOf, type Environment, type Platform, pulumiConfig, type Team } from "@fairway/settings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

type Trial = Awaited<ReturnType<typeof trials.run>>;
const KEY = "arn:aws:kms:eu-west-1:444444444444:key/0a1b2c3d-4e5f-4a7b-8c9d-0e1f2a3b4c5d";

/** Brings up the stack of an environment whose settings, or whose teams' settings, are changed. */
function observability(
  stack: string,
  change: { environment?: Partial<Environment>; teams?: Record<string, Partial<Team>>; config?: Record<string, string> } = {},
) {
  const environment = { ...(platform.environments[stack] as Environment), ...change.environment };
  const teams = Object.entries(platform.teams).map(([name, team]) => [name, { ...team, ...change.teams?.[name] }]);
  const settings: Platform = {
    ...platform,
    environments: { ...platform.environments, [stack]: environment },
    teams: Object.fromEntries(teams),
  };
  return trials.run({
    program: { module: fileURLToPath(new URL("./index.ts", import.meta.url)), args: settings },
    project: "observability",
    stack,
    config: { ...configOf(settings, stack), ...change.config },
    outputs: { account: { dataKeyArn: KEY, costTopicArn: "arn:aws:sns:eu-west-1:444444444444:acme-production-cost" } },
  });
}

/** Pulumi's configuration of an environment, as its configuration file would give it. */
function configOf(settings: Platform, stack: string): Record<string, string> {
  const entries = Object.entries(pulumiConfig(settings, environmentOf(settings, stack)).config as Record<string, unknown>);
  return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
}

const routes = (trial: Trial) =>
  trial
    .ofType("aws:sns/topicSubscription:TopicSubscription")
    .map(({ inputs }) => `${String(inputs.topic).split(":").slice(3).join(":")} ${inputs.protocol} ${inputs.endpoint}`)
    .sort();

describe("what production has", () => {
  let production: Trial;
  beforeAll(async () => void (production = await observability("production")));

  test("comes up without an error, of modelled types only", () => {
    expect(production.errors).toEqual([]);
    const known = new Set(modelledTypes());
    const made = production.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    expect(made.map(({ type }) => type).filter((type) => !known.has(type))).toEqual([]);
  });

  test("are a page and a ticket topic for every team, and a pair for the platform's in us-east-1", () => {
    expect(routes(production)).toEqual([
      "eu-west-1:444444444444:acme-production-platform-page email platform-oncall@acme.example",
      "eu-west-1:444444444444:acme-production-platform-ticket email platform@acme.example",
      "eu-west-1:444444444444:acme-production-shopping-page email shopping-oncall@acme.example",
      "eu-west-1:444444444444:acme-production-shopping-ticket email shopping@acme.example",
      "us-east-1:444444444444:acme-production-platform-page email platform-oncall@acme.example",
      "us-east-1:444444444444:acme-production-platform-ticket email platform@acme.example",
    ]);
    expect(production.outputs).toMatchObject({
      topics: { shopping: { page: "arn:aws:sns:eu-west-1:444444444444:acme-production-shopping-page" } },
      globalTopics: { page: "arn:aws:sns:us-east-1:444444444444:acme-production-platform-page" },
    });
  });

  test("encrypts every topic with the key of its own region, and lets in alarms of its own region only", () => {
    const regionOf = (arn: unknown) => String(arn).split(":")[3];
    const topics = production.ofType("aws:sns/topic:Topic");
    expect(topics).toHaveLength(6);
    for (const { inputs, outputs } of topics) expect(regionOf(inputs.kmsMasterKeyId)).toBe(regionOf(outputs.arn));
    for (const { inputs } of production.ofType("aws:sns/topicPolicy:TopicPolicy")) {
      const region = regionOf(inputs.arn);
      const { Statement } = JSON.parse(String(inputs.policy)) as { Statement: { Sid: string; Condition: object }[] };
      expect(Statement.find(({ Sid }) => Sid === "Alarms")?.Condition).toEqual({
        ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:444444444444:alarm:*` },
        StringEquals: { "aws:SourceAccount": "444444444444" },
      });
    }
  });

  test("has no two topics, rules or keys of a name in a region, and protects keys and topics", () => {
    const guarded = production.resources.filter(({ type }) => /^aws:(kms\/key:|sns\/topic:)/.test(type));
    expect(guarded.map(({ name, protect }) => [name, protect]).filter(([, protect]) => !protect)).toEqual([]);
    const named = production.resources.filter(({ type }) => /:(Key|Topic|EventRule|EventBus|LogGroup|MetricAlarm)$/.test(type));
    const arns = named.map(({ outputs }) => outputs.arn);
    expect(arns.length).toBeGreaterThan(15);
    expect(new Set(arns).size).toBe(arns.length);
  });

  test("sends changes of alarms here and in us-east-1 to the one bus, as a role that may do only that", () => {
    const bus = production.outputs.alarmBusArn;
    const targets = production.ofType("aws:cloudwatch/eventTarget:EventTarget").filter(({ inputs }) => inputs.arn === bus);
    expect(targets.map(({ inputs }) => String(inputs.region)).toSorted()).toEqual(["eu-west-1", "us-east-1"]);
    const policies = production.ofType("aws:iam/rolePolicy:RolePolicy").map(({ inputs }) => JSON.parse(String(inputs.policy)));
    expect(policies).toEqual([
      expect.objectContaining({ Statement: [expect.objectContaining({ Action: "events:PutEvents", Resource: bus })] }),
    ]);
  });

  test("gives every role its path and the boundary", () => {
    const roles = production.ofType("aws:iam/role:Role").map(({ inputs }) => inputs);
    expect(roles).toEqual([
      expect.objectContaining({
        path: "/acme/production/platform/",
        permissionsBoundary: "arn:aws:iam::444444444444:policy/acme/acme-production-boundary",
      }),
    ]);
  });

  test("keeps every log as long as settings say", () => {
    const groups = production
      .ofType("aws:cloudwatch/logGroup:LogGroup")
      .map(({ inputs }) => [inputs.name, inputs.retentionInDays]);
    expect(groups).toEqual([
      ["/aws/events/acme-production-alarms", 30],
      ["/acme/production/collector/metrics", 30],
    ]);
  });

  test("planned again changes nothing", async () => {
    const again = await trials.run({
      program: { module: fileURLToPath(new URL("./index.ts", import.meta.url)), args: platform },
      project: "observability",
      stack: "production",
      config: configOf(platform, "production"),
      state: production.state,
      mode: "preview",
    });
    expect(again.errors).toEqual([]);
    expect(again.steps.filter(({ op, provider }) => op !== "same" && !provider).map(({ urn }) => urn)).toEqual([]);
  });
});

describe("pages", () => {
  test("wake nobody outside production: they go where tickets go", async () => {
    expect(routes(await observability("dev"))).toContain(
      "eu-west-1:222222222222:acme-dev-shopping-page email shopping@acme.example",
    );
  });

  test("do where configuration says so", async () => {
    expect(routes(await observability("dev", { config: { "observability:pages": "true" } }))).toContain(
      "eu-west-1:222222222222:acme-dev-shopping-page email shopping-oncall@acme.example",
    );
  });

  test("by webhook must be confirmed by it, and are missed after more failures than one hiccup makes", async () => {
    const trial = await observability("production", { teams: { shopping: { page: "https://pager.acme.example/in" } } });
    expect(trial.errors).toEqual([]);
    const [subscription] = trial
      .ofType("aws:sns/topicSubscription:TopicSubscription")
      .filter(({ inputs }) => inputs.protocol === "https");
    expect(subscription).toMatchObject({
      inputs: { endpoint: "https://pager.acme.example/in", endpointAutoConfirms: true },
      outputs: { pendingConfirmation: false },
    });
    const thresholds = trial
      .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
      .map(({ name, inputs }) => [name, inputs.threshold] as const);
    expect(Object.fromEntries(thresholds)).toEqual({
      "alerts-shopping-undelivered": 5,
      "alerts-platform-undelivered": 1,
      "alerts-us-east-1-platform-undelivered": 1,
    });
  });

  test("that do not arrive are told to the platform's team, whose own are told by ticket", async () => {
    const trial = await observability("production");
    const alarms = trial.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
    const actions = alarms.map(({ name, inputs }) => [name, (inputs.alarmActions as string[])[0]?.split(":").slice(3).join(":")]);
    expect(Object.fromEntries(actions)).toEqual({
      "alerts-platform-undelivered": "eu-west-1:444444444444:acme-production-platform-ticket",
      "alerts-shopping-undelivered": "eu-west-1:444444444444:acme-production-platform-page",
      "alerts-us-east-1-platform-undelivered": "us-east-1:444444444444:acme-production-platform-ticket",
    });
  });
});

test("a team with a channel sees its alarms there, reads metrics only, and nobody else's", async () => {
  const chat = { workspace: "T0123ABCD", channel: "C0123ABCD" };
  const trial = await observability("production", { teams: { shopping: { chat } } });
  expect(trial.errors).toEqual([]);
  expect(trial.ofType("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration").map(({ inputs }) => inputs)).toEqual([
    expect.objectContaining({
      slackTeamId: "T0123ABCD",
      slackChannelId: "C0123ABCD",
      snsTopicArns: ["page", "ticket"].map((kind) => `arn:aws:sns:eu-west-1:444444444444:acme-production-shopping-${kind}`),
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"],
    }),
  ]);
  const chatRole = trial.ofType("aws:iam/role:Role").find(({ name }) => name === "chat-shopping");
  expect(chatRole?.inputs).toMatchObject({
    path: "/acme/production/platform/",
    permissionsBoundary: expect.stringContaining("boundary"),
  });
});

describe("a Prometheus workspace", () => {
  test("is there by setting, with the account's data key, and takes the collectors' metrics", async () => {
    const trial = await observability("production", { environment: { observability: { prometheus: true, logDays: 90 } } });
    expect(trial.errors).toEqual([]);
    const [workspace] = trial.ofType("aws:amp/workspace:Workspace");
    expect(workspace).toMatchObject({ protect: true, inputs: { kmsKeyArn: KEY } });
    const endpoint = String(workspace?.outputs.prometheusEndpoint);
    expect(trial.outputs.prometheus).toMatchObject({ remoteWriteUrl: `${endpoint}api/v1/remote_write` });
    const [parameter] = trial.ofType("aws:ssm/parameter:Parameter");
    const config = JSON.parse(String(parameter?.inputs.value));
    expect(config.service.pipelines.metrics.exporters).toEqual(["prometheusremotewrite"]);
    expect(config.exporters.prometheusremotewrite.endpoint).toBe(`${endpoint}api/v1/remote_write`);
  });

  test("is not there otherwise, and needs no account stack", async () => {
    const trial = await observability("production");
    expect(trial.outputs.prometheus ?? null).toBeNull();
    expect(trial.ofType("pulumi:pulumi:StackReference")).toEqual([]);
  });
});

test("an environment in us-east-1 has one pair of topics, key and rule for what is regional and what is global", async () => {
  const environment = { region: "us-east-1", zones: ["us-east-1a", "us-east-1b"] };
  const trial = await observability("dev", { environment });
  expect(trial.errors).toEqual([]);
  expect(trial.ofType("aws:kms/key:Key")).toHaveLength(1);
  expect(trial.outputs.globalTopics).toEqual((trial.outputs.topics as Record<string, unknown>).platform);
  expect(trial.ofType("aws:cloudwatch/eventRule:EventRule").map(({ inputs }) => inputs.name)).toEqual([
    "acme-dev-alarms-us-east-1",
    "acme-dev-alarms-log",
  ]);
});

test("the dashboard looks for services in the cluster that the ecs stack makes", async () => {
  const ecs = await trials.run({ program: { folder: fileURLToPath(new URL("../ecs", import.meta.url)) }, project: "ecs" });
  expect(ecs.errors).toEqual([]);
  const [dashboard] = (await observability("dev")).ofType("aws:cloudwatch/dashboard:Dashboard");
  expect(dashboard?.inputs.dashboardBody).toContain(`ClusterName=\\"${String(ecs.outputs.clusterName)}\\"`);
});
