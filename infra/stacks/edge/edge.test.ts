import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import type { PropertyMap } from "@fairway/engine";
import { createTrials } from "@fairway/planner/testing";
import { type Environment, environmentOf, type Platform, provided } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const network: PropertyMap = {
  vpcId: "vpc-0a1b2c3d4e5f67890",
  cidr: "10.10.0.0/16",
  publicSubnetIds: ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"],
  privateSubnetIds: ["subnet-0a1b2c3d4e5f67892", "subnet-0a1b2c3d4e5f67893"],
  isolatedSubnetIds: [],
};

const dns: PropertyMap = {
  zoneId: "Z0123456789ABCDEFGHIJ",
  domain: "dev.acme.example",
  nameServers: ["ns-101.awsdns-12.com", "ns-602.awsdns-23.net", "ns-1103.awsdns-34.org", "ns-1704.awsdns-45.co.uk"],
  certificateArn: "arn:aws:acm:eu-west-1:222222222222:certificate/3a1f5f0e-6a1c-4f0a-9d53-0d7c1f6f2a01",
};

const topicsIn = (region: string): PropertyMap => ({
  page: `arn:aws:sns:${region}:222222222222:acme-dev-platform-page`,
  ticket: `arn:aws:sns:${region}:222222222222:acme-dev-platform-ticket`,
});
const observability: PropertyMap = {
  topics: { platform: topicsIn("eu-west-1") },
  globalTopics: topicsIn("us-east-1"),
  alarmBusArn: "arn:aws:events:eu-west-1:222222222222:event-bus/acme-dev-alarms",
  collectorParameter: "/acme/dev/collector",
};

/** Brings up the edge of dev. */
function edge(own: Partial<Environment> = {}, names: PropertyMap = dns) {
  const changed: Environment = { ...environmentOf(platform, "dev"), ...own };
  const settings: Platform = { ...platform, environments: { ...platform.environments, dev: changed } };
  return trials.run({
    project: "edge",
    program: { module: fileURLToPath(new URL("./index.ts", import.meta.url)), args: settings },
    outputs: { network, dns: names, observability },
  });
}

describe("the edge", () => {
  test("has an internal load balancer by setting: in private subnets, open to the network only, with names of its own", async () => {
    const { ok, steps, outputs } = await edge({ edge: { internal: true } });
    expect(ok).toBe(true);

    const named = (name: string) => steps.filter((step) => step.name === name).map(({ newInputs }) => newInputs);
    expect(named("edge-internal")).toContainEqual(
      expect.objectContaining({ internal: true, subnets: network.privateSubnetIds, loadBalancerType: "application" }),
    );
    expect(named("edge-internal-https-1")).toEqual([expect.objectContaining({ cidrIpv4: "10.10.0.0/16", fromPort: 443 })]);
    expect(named("edge-internal-names")).toContainEqual(expect.objectContaining({ name: "internal.dev.acme.example" }));
    expect(outputs.internal).toMatchObject({ host: "internal.dev.acme.example" });
  });

  test("has none otherwise, and says so", async () => {
    const { ok, steps, outputs } = await edge();
    expect(ok).toBe(true);
    expect(steps.filter(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer").map(({ name }) => name)).toEqual([
      "edge-public",
    ]);
    expect(outputs.internal ?? null).toBeNull();
  });

  test("that can't be reached from outside pages the platform's team in us-east-1, where the probe reports, with a runbook", async () => {
    const { errors, ofType } = await edge();
    expect(errors).toEqual([]);
    const [alarm] = ofType("aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarm?.inputs).toMatchObject({
      region: "us-east-1",
      alarmActions: ["arn:aws:sns:us-east-1:222222222222:acme-dev-platform-page"],
      okActions: ["arn:aws:sns:us-east-1:222222222222:acme-dev-platform-page"],
      alarmDescription: expect.stringMatching(/dev\.acme\.example.*\n\nRunbook: https:.*\/runbooks\/edge-unreachable\.md$/s),
    });
  });

  test("answers 404 to what no service takes, sends HTTP to HTTPS, and answers probes itself", async () => {
    const { steps } = await edge();
    const actions = (type: string, key: string) =>
      steps.filter((step) => step.type === type).map(({ name, newInputs }) => [name, newInputs?.port, newInputs?.[key]]);
    expect(actions("aws:lb/listener:Listener", "defaultActions")).toEqual(
      expect.arrayContaining([
        [
          "edge-public",
          443,
          [expect.objectContaining({ type: "fixed-response", fixedResponse: expect.objectContaining({ statusCode: "404" }) })],
        ],
        [
          "edge-public-redirect",
          80,
          [expect.objectContaining({ type: "redirect", redirect: expect.objectContaining({ protocol: "HTTPS" }) })],
        ],
      ]),
    );
    const probe = steps.find(({ name, type }) => name === "edge-public-probe" && type === "aws:lb/listenerRule:ListenerRule");
    expect(probe?.newInputs).toMatchObject({
      priority: 1,
      conditions: [{ pathPattern: { values: ["/healthz"] } }],
      actions: [{ type: "fixed-response", fixedResponse: { statusCode: "200" } }],
    });
  });

  test("takes only encrypted connections of today's kind, logs each request, and drops headers that are none", async () => {
    const { ofType } = await edge();
    expect(ofType("aws:lb/loadBalancer:LoadBalancer").map(({ inputs }) => inputs)).toMatchObject([
      { dropInvalidHeaderFields: true, desyncMitigationMode: "defensive", accessLogs: { enabled: true, prefix: "public" } },
    ]);
    const https = ofType("aws:lb/listener:Listener").filter(({ inputs }) => inputs.protocol === "HTTPS");
    expect(https.map(({ inputs }) => [inputs.sslPolicy, inputs.certificateArn])).toEqual([
      [expect.stringMatching(/^ELBSecurityPolicy-TLS13-1-2-Res-PQ-/), dns.certificateArn],
    ]);
  });

  test("is protected from deletion where the environment asks for it, and not otherwise", async () => {
    for (const protect of [true, false]) {
      const { ofType } = await edge({ protect });
      const [balancer] = ofType("aws:lb/loadBalancer:LoadBalancer");
      expect([balancer?.protect, balancer?.inputs.enableDeletionProtection]).toEqual([protect, protect]);
      const [bucket] = ofType("aws:s3/bucket:Bucket");
      expect([bucket?.protect, bucket?.inputs.forceDestroy]).toEqual([protect, !protect]);
    }
  });

  test("waits for a validated certificate: without one it says what to write where, and makes no HTTPS listener", async () => {
    const { ok, errors, ofType } = await edge({}, { ...dns, certificateArn: null });
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(
      /certificate of dev is not validated yet.*environments\.dev\.dns\.nameServers.*infra\/stacks\/dns/s,
    );
    expect(ofType("aws:lb/listener:Listener").filter(({ inputs }) => inputs.protocol === "HTTPS")).toEqual([]);
  });

  test("that exists is passed on as settings give it, and nothing is created", async () => {
    const balancer = {
      arn: "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/shared/50dc6c495c0c9188",
      dnsName: "shared-1234567890.eu-west-1.elb.amazonaws.com",
      zoneId: "Z32O12XQLNTSW2",
      listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2",
      securityGroupId: "sg-0a1b2c3d4e5f67890",
      host: "dev.acme.example",
    };
    const { errors, resources, outputs } = await edge({ edge: provided({ public: balancer, internal: null }) });
    expect(errors).toEqual([]);
    expect(resources).toEqual([]);
    expect(outputs).toMatchObject({ public: { ...balancer, arnSuffix: "app/shared/50dc6c495c0c9188" } });
    expect(outputs.internal ?? null).toBeNull();
  });
});
