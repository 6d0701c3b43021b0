import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createRunner, memoryState, type Mode, run, type StackState, type Step } from "@fairway/engine";
import { afterAll, describe, expect, test } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const runner = createRunner({ cwd: here("../..") });
afterAll(() => runner.close());

/** Runs a fixture with arguments against the rehearsed cloud. */
function running(fixture: string, args: unknown, state: StackState = memoryState(), mode: Mode = "update") {
  return run({
    project: "test",
    stack: "dev",
    organization: "organization",
    program: { module: here(`fixtures/${fixture}.ts`), args },
    config: { "aws:region": "eu-west-1" },
    secretKeys: [],
    mode,
    state,
    providers: rehearsedCloud(),
    references: async () => undefined,
    runner,
  });
}

const errors = (result: { diagnostics: { severity: string; message: string }[] }) =>
  result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);

const ofType = (steps: Step[], type: string) => steps.filter((step) => step.type === type);
const changed = (steps: Step[]) => steps.filter(({ op, provider }) => op !== "same" && !provider);

describe("a network", () => {
  const environment = {
    account: "222222222222",
    region: "eu-west-1",
    cidr: "10.10.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    runtimes: ["ecs"],
    protect: false,
  };
  const roles = { path: "/acme/dev/platform/", permissionsBoundary: "arn:aws:iam::222222222222:policy/acme/acme-dev-boundary" };

  test.each([
    ["none", 0, ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"]],
    ["single", 1, []],
    ["per-zone", 3, []],
  ])("with NAT %s has %i gateways, and the interface endpoints that it then needs", async (nat, gateways, services) => {
    const { steps, ...result } = await running("network", { environment: { ...environment, nat }, roles });
    expect(errors(result)).toEqual([]);
    expect(ofType(steps, "aws:ec2/natGateway:NatGateway")).toHaveLength(gateways);
    const interfaces = ofType(steps, "aws:ec2/vpcEndpoint:VpcEndpoint").filter(
      ({ newInputs }) => newInputs?.vpcEndpointType === "Interface",
    );
    expect(interfaces.map(({ newInputs }) => newInputs?.serviceName)).toEqual(
      services.map((service) => `com.amazonaws.eu-west-1.${service}`),
    );
  });

  test("reaches S3 and DynamoDB from every route table", async () => {
    const { steps, state } = await running("network", { environment: { ...environment, nat: "single" }, roles });
    const tables = state.resources().filter(({ type }) => type === "aws:ec2/routeTable:RouteTable");
    expect(tables).toHaveLength(9);
    for (const endpoint of ofType(steps, "aws:ec2/vpcEndpoint:VpcEndpoint")) {
      expect((endpoint.newInputs?.routeTableIds as string[] | undefined)?.toSorted()).toEqual(
        tables.map(({ id }) => id).toSorted(),
      );
    }
  });

  test("protects VPC and subnets where the environment asks for it, and not otherwise", async () => {
    for (const protect of [true, false]) {
      const { state } = await running("network", { environment: { ...environment, nat: "single", protect }, roles });
      const foundations = state.resources().filter(({ type }) => /:(Vpc|Subnet)$/.test(type) && type.startsWith("aws:"));
      expect(foundations).toHaveLength(10);
      expect(new Set(foundations.map((resource) => resource.protect))).toEqual(new Set([protect]));
    }
  });

  test("is marked for the load balancers of Kubernetes: public subnets for those from outside, private ones for the others", async () => {
    const { state } = await running("network", { environment: { ...environment, nat: "single" }, roles });
    const marks = state.resources().flatMap(({ type, inputs }) => {
      if (type !== "aws:ec2/subnet:Subnet") return [];
      const tags = inputs.tags as Record<string, string>;
      return [[tags.SubnetType, tags["kubernetes.io/role/elb"], tags["kubernetes.io/role/internal-elb"]].join()];
    });
    expect([...new Set(marks)].toSorted()).toEqual(["Isolated,,", "Private,,1", "Public,1,"]);
  });

  test("gives the role that writes flow logs the path and boundary of the platform's roles", async () => {
    const { steps } = await running("network", { environment: { ...environment, nat: "single" }, roles });
    expect(ofType(steps, "aws:iam/role:Role").map(({ newInputs }) => newInputs)).toMatchObject([roles]);
  });

  test("in a zone that the region lacks is refused, naming those that there are", async () => {
    const zones = ["eu-west-1a", "eu-west-1d"];
    const result = await running("network", { environment: { ...environment, zones, nat: "single" }, roles });
    expect(result.ok).toBe(false);
    expect(errors(result).join()).toMatch(
      /settings name eu-west-1d, but eu-west-1 has 3 zones .*eu-west-1a, eu-west-1b, eu-west-1c/,
    );
  });
});

describe("a load balancer", () => {
  test("lets in only its clients, only on 80 and 443", async () => {
    const { steps, ...result } = await running("load-balancer", { clients: ["10.0.0.0/8"], internal: true });
    expect(errors(result)).toEqual([]);
    const rules = ofType(steps, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(({ newInputs }) => newInputs);
    expect(rules.map((rule) => [rule?.cidrIpv4, rule?.fromPort, rule?.toPort])).toEqual([
      ["10.0.0.0/8", 80, 80],
      ["10.0.0.0/8", 443, 443],
    ]);
  });
});

describe("a service on Fargate", () => {
  test("is let in to from the load balancer on its port only, and the load balancer is let out to no more", async () => {
    const { steps, ...result } = await running("fargate-service", {});
    expect(errors(result)).toEqual([]);
    const ingress = ofType(steps, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(ingress.map(({ newInputs }) => newInputs)).toMatchObject([
      { referencedSecurityGroupId: "sg-0a1b2c3d4e5f67890", fromPort: 8080, toPort: 8080 },
    ]);
    const fromEdge = ofType(steps, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").filter(
      ({ newInputs }) => newInputs?.securityGroupId === "sg-0a1b2c3d4e5f67890",
    );
    expect(fromEdge.map(({ newInputs }) => newInputs)).toMatchObject([{ fromPort: 8080, toPort: 8080 }]);
  });

  test("that answers with errors wakes its team, with a runbook to read", async () => {
    const { steps, ...result } = await running("fargate-service", {});
    expect(errors(result)).toEqual([]);
    expect(ofType(steps, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ newInputs }) => newInputs)).toMatchObject([
      {
        alarmActions: ["arn:aws:sns:eu-west-1:222222222222:acme-dev-shopping-page"],
        alarmDescription:
          "shop answers over 5 % of its requests with 5xx.\n\n" +
          "Runbook: https://github.com/acme-chandlery/platform/blob/main/runbooks/service-errors.md",
      },
    ]);
  });

  test("planned again changes nothing", async () => {
    const { state } = await running("fargate-service", {});
    expect(changed((await running("fargate-service", {}, state, "preview")).steps)).toEqual([]);
  });

  test("with another image gets a new task definition, and the service rolls in place", async () => {
    const { state } = await running("fargate-service", { digit: "1" });
    const { steps } = await running("fargate-service", { digit: "2" }, state, "preview");
    const what = changed(steps).map(({ op, type }) => `${op} ${type.split(":").at(-1)}`);
    expect(what.filter((line) => !line.includes("TaskDefinition"))).toEqual(["update Service"]);
    expect(what.join()).toMatch(/replace/);
  });

  test("keeps the number of tasks that autoscaling chose, and moves its bounds", async () => {
    const { state } = await running("fargate-service", { contract: { scale: { min: 1, max: 2 } } });
    const { steps } = await running("fargate-service", { contract: { scale: { min: 2, max: 5 } } }, state, "preview");
    expect(changed(steps).map(({ type }) => type)).toEqual(["aws:appautoscaling/target:Target"]);
  });

  test("that moves to Spot is not replaced", async () => {
    const size = { cpu: 0.25, memory: 0.5, architecture: "arm64" };
    const { state } = await running("fargate-service", { contract: { size } });
    const { steps } = await running("fargate-service", { contract: { size: { ...size, spotShare: 0.5 } } }, state, "preview");
    expect(changed(steps).map(({ op, type }) => `${op} ${type}`)).toEqual(["update aws:ecs/service:Service"]);
  });

  test("that is internal needs an internal load balancer", async () => {
    const http = { port: 8080, paths: ["/shop"], healthPath: "/healthz", visibility: "internal" };
    const result = await running("fargate-service", { contract: { http } }, memoryState(), "preview");
    expect(result.ok).toBe(false);
    expect(errors(result).join()).toMatch(
      /service "shop" is internal, but environment dev has no internal load balancer\. Set `edge\.internal`/,
    );
  });
});
