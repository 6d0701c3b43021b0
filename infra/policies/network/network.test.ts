import type { JsonMap } from "@fairway/resources";
import { expect, test } from "vitest";
import settings from "../../../platform.config.ts";
import { judging, resource } from "../testing/judge.ts";

const { judge } = judging(settings);

const LISTENER = "aws:lb/listener:Listener";
const forward = [{ type: "forward" }];
const listener = (inputs: JsonMap, type = LISTENER) =>
  resource(type, "web", { port: 80, ...inputs }, { outputs: { arn: "arn:web" } });
const redirect = (protocol?: string) => [
  { type: "redirect", redirect: { statusCode: "HTTP_301", ...(protocol ? { protocol } : {}) } },
];

test.each([
  ["without a protocol", listener({ defaultActions: forward })],
  ["of the provider's other name", listener({ protocol: "HTTP", defaultActions: forward }, "aws:alb/listener:Listener")],
  ["that redirects to HTTP", listener({ protocol: "HTTP", defaultActions: redirect("HTTP") })],
  ["that redirects to the same protocol", listener({ protocol: "HTTP", defaultActions: redirect() })],
])("a listener %s is plain HTTP", (_, plain) => {
  expect(judge("https-only", plain)).toEqual(["web: protocol is HTTP, and it does more than redirect to HTTPS"]);
});

test("a rule may not forward on a listener that redirects", () => {
  const rule = resource("aws:lb/listenerRule:ListenerRule", "rule", { listenerArn: "arn:web", actions: forward });
  const web = listener({ protocol: "HTTP", defaultActions: redirect("HTTPS") });
  expect(judge("https-only", web, rule)).toEqual([expect.stringContaining("rule: its listener's protocol is HTTP")]);
});

const group = (inputs: JsonMap, unknowns: string[] = []) =>
  resource("aws:ec2/securityGroup:SecurityGroup", "group", inputs, { unknowns });
const ALL = { protocol: "-1", fromPort: 0, toPort: 0 };

test("ranges that are together everything are refused", () => {
  const cidrBlocks = Array.from({ length: 256 }, (_, index) => `${index}.0.0.0/8`);
  expect(judge("ingress-from-anywhere", group({ ingress: [{ ...ALL, cidrBlocks }] }))).toEqual([
    expect.stringContaining("256 ranges that together are nearly anywhere"),
  ]);
  expect(judge("ingress-from-anywhere", group({ ingress: [{ ...ALL, cidrBlocks: ["10.0.0.0/8", "172.16.0.0/12"] }] }))).toEqual(
    [],
  );
});

test("a prefix list is as wide as its entries", () => {
  const list = resource(
    "aws:ec2/managedPrefixList:ManagedPrefixList",
    "list",
    { entries: [{ cidr: "0.0.0.0/0" }] },
    { outputs: { id: "pl-1" } },
  );
  const rule = { prefixListId: "pl-1", ipProtocol: "tcp", fromPort: 22, toPort: 22 };
  const ssh = resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ssh", rule);
  expect(judge("ingress-from-anywhere", list, ssh)).toEqual([expect.stringContaining("lets in 0.0.0.0/0 on tcp 22")]);
});

test("a rule whose port is not known yet is not judged", () => {
  const ingress = [{ protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] }];
  expect(judge("ingress-from-anywhere", group({ ingress }, ["ingress[0].fromPort", "ingress[0].toPort"]))).toEqual([]);
});

test.each([
  ["an instance with a public address", resource("aws:ec2/instance:Instance", "own", { associatePublicIpAddress: true })],
  [
    "a service's own load balancer",
    resource("aws:lb/loadBalancer:LoadBalancer", "own", { internal: false }, { project: "catalog" }),
  ],
  ["an HTTP API", resource("aws:apigatewayv2/api:Api", "own")],
  ["a Gateway", resource("kubernetes:gateway.networking.k8s.io/v1:Gateway", "own")],
])("%s goes past the edge", (_, own) => {
  expect(judge("one-edge", own)).toHaveLength(1);
});

test("the edge's own load balancer, and one inside the network, do not", () => {
  const balancer = (internal: boolean, project: string) =>
    resource("aws:lb/loadBalancer:LoadBalancer", "own", { internal }, { project });
  expect(judge("one-edge", balancer(false, "edge"), balancer(true, "catalog"))).toEqual([]);
});
