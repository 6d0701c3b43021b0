import { cidrContains, parseCidr } from "@fairway/settings";
import { describe, expect, test } from "vitest";
import { doors, NETWORK_POLICIES, networkPolicies, TELEMETRY_NAMESPACE } from "./doors.ts";

const ranges = { network: "10.10.0.0/16", loadBalancers: ["10.10.64.0/20", "10.10.192.0/20"] };

interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port: number; protocol: string }[];
}
interface Peer {
  ipBlock?: { cidr: string };
  podSelector?: object;
  namespaceSelector?: { matchLabels: Record<string, string> };
}
interface Spec {
  podSelector: { matchLabels?: Record<string, string> };
  policyTypes: string[];
  ingress?: Rule[];
  egress?: Rule[];
}
const policies = Object.values(networkPolicies(ranges)) as unknown as Spec[];

/** Whether Kubernetes lets a pod with open doors exchange packets with an address: some policy that selects it has a rule for it. */
function passes(direction: "ingress" | "egress", open: string[], address: string, port: number, protocol = "TCP"): boolean {
  const selecting = policies.filter(({ podSelector }) =>
    Object.keys(podSelector.matchLabels ?? {}).every((label) => open.includes(label)),
  );
  expect(selecting.some(({ policyTypes }) => policyTypes.includes(direction === "ingress" ? "Ingress" : "Egress"))).toBe(true);
  return selecting
    .flatMap((policy) => policy[direction] ?? [])
    .some(({ from, to, ports }) => {
      const peers = from ?? to;
      const isThere =
        !peers || peers.some(({ ipBlock }) => ipBlock && cidrContains(parseCidr(ipBlock.cidr)!, parseCidr(`${address}/32`)!));
      return isThere && (!ports || ports.some((each) => each.port === port && each.protocol === protocol));
    });
}

const OUTSIDE = "198.51.100.7";
const DATABASE = "10.10.112.5";
const BALANCER = "10.10.64.9";
const OTHER_POD = "10.10.3.3";

describe("a pod that opens no door", () => {
  test("asks for names, gets credentials and sends telemetry", () => {
    expect(passes("egress", [], OUTSIDE, 53, "UDP")).toBe(true);
    expect(passes("egress", [], "169.254.170.23", 80)).toBe(true);
    expect(passes("egress", [], OTHER_POD, 4318)).toBe(true);
  });

  test("reaches nothing else and is reached by nobody outside its namespace", () => {
    const closed = [
      passes("egress", [], OUTSIDE, 443),
      passes("egress", [], DATABASE, 5432),
      passes("egress", [], "169.254.169.254", 80),
      passes("egress", [], OUTSIDE, 4318),
      passes("ingress", [], BALANCER, 8080),
      passes("ingress", [], OTHER_POD, 8080),
    ];
    expect(closed).toEqual(closed.map(() => false));
  });
});

test.each([
  [doors.toHttps, "egress", OUTSIDE, 443, OUTSIDE, 80],
  [doors.toDatabase, "egress", DATABASE, 5432, OUTSIDE, 5432],
  [doors.fromLoadBalancer, "ingress", BALANCER, 8080, OTHER_POD, 8080],
] as const)("door %s opens what it says and nothing beside it", (door, direction, address, port, closedAddress, closedPort) => {
  expect(passes(direction, [door], address, port)).toBe(true);
  expect(passes(direction, [door], closedAddress, closedPort)).toBe(false);
  const others = Object.values(doors).filter((each) => each !== door);
  expect(passes(direction, others, address, port)).toBe(false);
});

test("the team's own pods and the telemetry namespace are the only pods let through by selector", () => {
  const peers = policies
    .flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress])
    .flatMap(({ from, to }) => from ?? to ?? []);
  const selectors = peers.filter(({ ipBlock }) => !ipBlock);
  expect(selectors).toEqual([
    { podSelector: {} },
    { podSelector: {} },
    { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": TELEMETRY_NAMESPACE } } },
  ]);
  expect(Object.keys(networkPolicies(ranges)).sort()).toEqual([...NETWORK_POLICIES].sort());
});
