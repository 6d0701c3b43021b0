import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, JsonMap, PlannedResource } from "@fairway/resources";
import { assumedUsage, costOf, type PriceTable } from "./index.ts";
import { usEast1 } from "./prices/us-east-1.ts";
import { fargate, resource } from "./testing/resource.ts";

const usage = assumedUsage("dev");
const reportOf = (...resources: PlannedResource[]) => costOf({ resources, prices: usEast1, usage });
/** Dollars a month of the lines that need no assumption. */
const fixedUsd = (...resources: PlannedResource[]) =>
  reportOf(...resources)
    .lines.filter(({ basis }) => basis === "fixed")
    .reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0);

describe("worked examples, at 730 hours a month and prices of us-east-1", () => {
  test("a NAT gateway is 0.045 × 730 = 32.85, three are 98.55", () => {
    const nat = (name: string) => resource("aws:ec2/natGateway:NatGateway", name);
    expect(fixedUsd(nat("a"))).toBeCloseTo(32.85, 4);
    expect(fixedUsd(nat("a"), nat("b"), nat("c"))).toBeCloseTo(98.55, 4);
  });

  test("an interface endpoint in three zones is 3 × 0.01 × 730 = 21.90, a gateway endpoint nothing", () => {
    const endpoint = (vpcEndpointType: string) =>
      resource("aws:ec2/vpcEndpoint:VpcEndpoint", "e", { vpcEndpointType, subnetIds: ["a", "b", "c"] });
    expect(fixedUsd(endpoint("Interface"))).toBeCloseTo(21.9, 4);
    expect(reportOf(endpoint("Gateway"))).toMatchObject({ lines: [], unpriced: [] });
  });

  test("two tasks of a quarter vCPU and half a GB are 730 × 2 × (0.25 × 0.04048 + 0.5 × 0.004445) = 18.02 on x86", () => {
    const tasks = fargate("catalog", 2, { cpu: "256", memory: "512" });
    expect(fixedUsd(...tasks)).toBeCloseTo(18.02, 2);
  });

  test("the same on Arm are 730 × 2 × (0.25 × 0.03238 + 0.5 × 0.00356) = 14.42", () => {
    const tasks = fargate("catalog", 2, { cpu: "256", memory: "512", runtimePlatform: { cpuArchitecture: "ARM64" } });
    expect(fixedUsd(...tasks)).toBeCloseTo(14.42, 2);
  });

  test("a service that scales is priced at its minimum where that is more than it starts with, which is said", () => {
    const tasks = fargate("catalog", 1, { cpu: "1024", memory: "1024" }, { cluster: "arn:aws:ecs:eu-west-1:1:cluster/main" });
    const target = resource("aws:appautoscaling/target:Target", "catalog", {
      resourceId: "service/main/catalog",
      minCapacity: 3,
      maxCapacity: 6,
    });
    const [line] = reportOf(...tasks, target).lines;
    expect(line).toMatchObject({
      quantity: 3 * 730,
      basis: "assumed usage",
      assumption: "3 tasks all month; autoscaling runs 3 to 6",
    });
  });

  test("target tracking makes two alarms for itself, 0.20; steps by our own alarms make none", () => {
    const policy = (policyType: string) =>
      resource("aws:appautoscaling/policy:Policy", "cpu", { policyType, serviceNamespace: "ecs" });
    expect(fixedUsd(policy("TargetTrackingScaling"))).toBeCloseTo(0.2);
    expect(reportOf(policy("StepScaling"))).toMatchObject({ lines: [], unpriced: [] });
  });

  test("of ten tasks with a base of two on demand and weights 1 to 3, four run on demand and six on Spot", () => {
    const capacityProviderStrategies: Json[] = [
      { capacityProvider: "FARGATE", base: 2, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 3 },
    ];
    const { lines } = reportOf(...fargate("jobs", 10, { cpu: "1024", memory: "2048" }, { capacityProviderStrategies }));
    expect(Object.fromEntries(lines.map(({ item, quantity }) => [item, quantity]))).toEqual({
      "Fargate vCPU": 4 * 730,
      "Fargate memory": 4 * 2 * 730,
      "Fargate Spot vCPU": 6 * 730,
      "Fargate Spot memory": 6 * 2 * 730,
    });
  });

  test("an EKS control plane is 0.10 × 730 = 73, and what Auto Mode starts is listed as not priced", () => {
    const report = reportOf(resource("aws:eks/cluster:Cluster", "main", { computeConfig: { enabled: true } }));
    expect(report.monthlyUsd).toBeCloseTo(73, 4);
    expect(report.lines[0]).toMatchObject({ basis: "fixed", assumption: expect.stringMatching(/standard support/) });
    expect(report.unpriced).toMatchObject([{ type: "aws:eks/cluster:Cluster", count: 1, why: expect.stringMatching(/EC2/) }]);
  });

  test("a load balancer is 0.0225 × 730 = 16.43, and a public one pays for an address in each zone", () => {
    const balancer = (internal: boolean) =>
      resource("aws:lb/loadBalancer:LoadBalancer", "edge", { internal, subnets: ["a", "b", "c"] });
    expect(fixedUsd(balancer(true))).toBeCloseTo(16.425, 4);
    expect(fixedUsd(balancer(false))).toBeCloseTo(16.425 + 3 * 3.65, 4);
  });

  test("a database with a standby costs twice: 2 × (0.032 × 730 + 20 × 0.115) = 51.32", () => {
    const database = {
      engine: "postgres",
      instanceClass: "db.t4g.small",
      allocatedStorage: 20,
      storageType: "gp3",
      multiAz: true,
    };
    expect(fixedUsd(resource("aws:rds/instance:Instance", "orders", database))).toBeCloseTo(51.32, 4);
  });

  test("an alarm costs by its metrics: one 0.10, a ratio of four 0.40, at high resolution 0.30, a composite 0.50", () => {
    const alarm = (inputs: PlannedResource["inputs"]) =>
      reportOf(resource("aws:cloudwatch/metricAlarm:MetricAlarm", "a", inputs));
    const query = (id: string) => ({ id, metric: { metricName: id, period: 60 } });
    expect(alarm({ period: 60 }).monthlyUsd).toBeCloseTo(0.1);
    const ratio = [{ id: "rate", expression: "(a+b)/(c+d)" }, ...["a", "b", "c", "d"].map(query)];
    expect(alarm({ metricQueries: ratio }).monthlyUsd).toBeCloseTo(0.4);
    expect(alarm({ period: 10 }).monthlyUsd).toBeCloseTo(0.3);
    expect(reportOf(resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", "c")).monthlyUsd).toBeCloseTo(0.5);
  });

  test("a set of three with a volume of 10 GiB each pays for 3 × 10.74 GB × 0.08, a claim for one", () => {
    const spec = { resources: { requests: { storage: "10Gi" } } };
    const set = { replicas: 3, volumeClaimTemplates: [{ metadata: { name: "data" }, spec }] };
    expect(reportOf(resource("kubernetes:apps/v1:StatefulSet", "db", { spec: set })).monthlyUsd).toBeCloseTo(2.58, 2);
    expect(reportOf(resource("kubernetes:core/v1:PersistentVolumeClaim", "db", { spec })).monthlyUsd).toBeCloseTo(0.86, 2);
  });

  test("a web ACL with four rules is 5 + 4 × 1", () => {
    expect(fixedUsd(resource("aws:wafv2/webAcl:WebAcl", "firewall", { rules: [{}, {}, {}, {}] }))).toBeCloseTo(9);
  });

  test("logs of 1 GB a month that are kept 90 days are 1 × 0.50 + 3 × 0.03", () => {
    const report = reportOf(resource("aws:cloudwatch/logGroup:LogGroup", "catalog", { retentionInDays: 90 }));
    expect(report.monthlyUsd).toBeCloseTo(0.59);
    expect(report.lines[0]).toMatchObject({ basis: "assumed usage", assumption: expect.stringMatching(/1 GB a month.*90 days/) });
  });
});

describe("what is not known", () => {
  test("is listed by type, never free", () => {
    const broker = (name: string) => resource("aws:mq/broker:Broker", name);
    expect(reportOf(broker("a"), broker("b"))).toMatchObject({
      monthlyUsd: 0,
      unpriced: [{ type: "aws:mq/broker:Broker", count: 2, why: "no price is known" }],
    });
  });

  test("is listed too where only a part of a resource has no price", () => {
    const database = { engine: "postgres", instanceClass: "db.r7g.16xlarge", allocatedStorage: 100 };
    const report = reportOf(resource("aws:rds/instance:Instance", "orders", database));
    expect(report.unpriced).toMatchObject([{ why: expect.stringMatching(/^a database instance of class db\.r7g\.16xlarge/) }]);
    expect(report.monthlyUsd).toBeCloseTo(11.5);
  });

  const why = (...resources: PlannedResource[]) => reportOf(...resources).unpriced.map((gap) => gap.why);

  test.each<JsonMap>([{ cpu: "1 vCPU", memory: "2048" }, { cpu: "256" }, { memory: "512" }, {}])(
    "is listed of tasks of the size %o, which do not run for nothing",
    (size) => {
      const tasks = fargate("catalog", 2, size);
      expect(why(...tasks)).toEqual(["tasks whose cpu or memory is not a number"]);
      expect(reportOf(...tasks).lines).toEqual([]);
    },
  );

  test("is listed of a database of another engine, which has another price, and of storage without a size", () => {
    const database = (inputs: PlannedResource["inputs"]) =>
      why(resource("aws:rds/instance:Instance", "orders", { instanceClass: "db.t4g.small", engine: "postgres", ...inputs }));
    expect(database({ allocatedStorage: 20 })).toEqual([]);
    expect(database({ allocatedStorage: 20, engine: "sqlserver-ex" })).toEqual([expect.stringMatching(/engine sqlserver-ex/)]);
    expect(database({})).toEqual(["database storage whose size is not known"]);
  });

  test("is listed of a cluster that is no Aurora", () => {
    const cluster = (engine: string) => why(resource("aws:rds/cluster:Cluster", "orders", { engine }));
    expect(cluster("aurora-postgresql")).toEqual([]);
    expect(cluster("mysql")).toEqual(["a database cluster of engine mysql"]);
  });

  test("is listed of a public load balancer's addresses where its zones are not known", () => {
    const balancer = (internal: boolean) => why(resource("aws:lb/loadBalancer:LoadBalancer", "edge", { internal }));
    expect(balancer(false)).toEqual(["public addresses of a load balancer whose subnets are not known"]);
    expect(balancer(true)).toEqual([]);
  });

  test("is listed of a cluster's service only where it makes a load balancer", () => {
    const service = (type: string) => reportOf(resource("kubernetes:core/v1:Service", "web", { spec: { type } })).unpriced.length;
    expect([service("ClusterIP"), service("LoadBalancer")]).toEqual([0, 1]);
  });

  test("a service whose task definition is elsewhere is listed, not counted as nothing", () => {
    const [, service] = fargate("catalog", 2, {});
    expect(reportOf(service!).unpriced).toMatchObject([{ type: "aws:ecs/service:Service", count: 1 }]);
  });
});

test("components, and what is only read, cost nothing here", () => {
  const nat = "aws:ec2/natGateway:NatGateway";
  expect(reportOf(resource("x:y:Z", "c", {}, { custom: false }), resource(nat, "read", {}, { external: true }))).toMatchObject({
    lines: [],
    unpriced: [],
  });
});

test("lines belong to the service and team of their tags, those of the provider included, else to the project", () => {
  const report = reportOf(
    resource("aws:kms/key:Key", "a", { tags: { service: "catalog", team: "shopping" } }),
    resource("aws:kms/key:Key", "b", { tagsAll: { team: "shopping" } }),
    resource("aws:kms/key:Key", "c", {}, { project: "network" }),
  );
  const key = 1.03;
  expect(report.byService).toEqual([
    { name: "catalog", kind: "service", monthlyUsd: key },
    { name: "network", kind: "project", monthlyUsd: key },
    { name: "shop", kind: "project", monthlyUsd: key },
  ]);
  expect(report.byTeam).toEqual([
    { name: "shopping", kind: "team", monthlyUsd: 2 * key },
    { name: "network", kind: "project", monthlyUsd: key },
  ]);
});

test("another table of prices replaces ours", () => {
  const dearer: PriceTable = {
    region: "eu-west-1",
    asOf: "2026-11-23",
    prices: { ...usEast1.prices, natGatewayHour: { usd: 0.048, unit: "hour", source: "a contract" } },
  };
  const { lines } = costOf({ resources: [resource("aws:ec2/natGateway:NatGateway", "a")], prices: dearer, usage });
  expect(lines[0]).toMatchObject({ unitPrice: 0.048, monthlyUsd: 35.04 });
});

describe("for any resources", () => {
  const types = [
    "aws:ec2/natGateway:NatGateway",
    "aws:kms/key:Key",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:s3/bucket:Bucket",
    "aws:mq/broker:Broker",
    "aws:iam/role:Role",
  ];
  const stacks = fc
    .array(fc.record({ type: fc.constantFrom(...types), tasks: fc.integer({ min: 0, max: 9 }) }), { maxLength: 12 })
    .map(
      (parts) => (project: string) =>
        parts.flatMap(({ type, tasks }, index) => [
          resource(type, `${project}-${index}`, {}, { project }),
          ...fargate(`${project}-${index}`, tasks, { cpu: "512", memory: "1024" }),
        ]),
    );

  test("what two stacks cost together is what they cost apart", () => {
    fc.assert(
      fc.property(stacks, stacks, (one, other) => {
        const [a, b, both] = [reportOf(...one("a")), reportOf(...other("b")), reportOf(...one("a"), ...other("b"))];
        expect(both.monthlyUsd).toBeCloseTo(a.monthlyUsd + b.monthlyUsd, 3);
        expect(both.lines).toHaveLength(a.lines.length + b.lines.length);
      }),
    );
  });

  test("services, and teams, add up to the whole", () => {
    fc.assert(
      fc.property(stacks, (resources) => {
        const report = reportOf(...resources("a"));
        for (const shares of [report.byService, report.byTeam])
          expect(shares.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0)).toBeCloseTo(report.monthlyUsd, 3);
      }),
    );
  });

  test("the order of resources changes nothing", () => {
    fc.assert(
      fc.property(stacks, (resources) => {
        expect(reportOf(...resources("a").toReversed())).toEqual(reportOf(...resources("a")));
      }),
    );
  });
});
