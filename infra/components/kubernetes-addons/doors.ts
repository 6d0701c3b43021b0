import type { types } from "@pulumi/kubernetes";

type NetworkPolicySpec = types.input.networking.v1.NetworkPolicySpec;

/** Ranges that the doors of a namespace lead to and from. */
export interface NetworkRanges {
  /** The whole network: nodes, databases and endpoints are in it. */
  network: string;
  /** Where load balancers have their addresses. */
  loadBalancers: string[];
}

/**
 * Labels with which a pod opens a door in its namespace's default-deny, each with the value "true". A team can't write network
 * policies: these are all that there are, and whoever reads a pod sees what it may reach.
 */
export const doors = {
  /** In: from the load balancers, on any port. */
  fromLoadBalancer: "fairway/from-load-balancer",
  /** Out: HTTPS to anywhere, which AWS's APIs and calls through the edge need. */
  toHttps: "fairway/to-https",
  /** Out: PostgreSQL in the network. */
  toDatabase: "fairway/to-database",
} as const;

/** Namespace of the CloudWatch agent; the add-on makes it. */
export const TELEMETRY_NAMESPACE = "amazon-cloudwatch";

/** Names of a namespace's network policies. */
export const NETWORK_POLICIES = [
  "allow-dns",
  "allow-pod-identity",
  "allow-same-namespace",
  "allow-telemetry",
  "default-deny",
  "from-load-balancer",
  "to-database",
  "to-https",
] as const;

/** Where EKS Pod Identity's agent gives credentials out, on every node (EKS user guide, "How EKS Pod Identity works"). */
const POD_IDENTITY = "169.254.170.23/32";

/**
 * The network policies of a team's namespace: nothing comes in or goes out, but for what the others add.
 *
 * Names are resolved by the nodes themselves under EKS Auto Mode, so that no pod can be named for them: port 53 is open to anywhere.
 * The telemetry agent is in its nodes' network, so it is reached by the network's range; a Service's own address by its namespace.
 */
export function networkPolicies({
  network,
  loadBalancers,
}: NetworkRanges): Record<(typeof NETWORK_POLICIES)[number], NetworkPolicySpec> {
  const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: "TCP" }));
  const ranges = (...cidrs: string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  const opened = (door: string) => ({ matchLabels: { [door]: "true" } });
  const all = {};
  return {
    "default-deny": { podSelector: all, policyTypes: ["Egress", "Ingress"] },
    "allow-dns": {
      podSelector: all,
      policyTypes: ["Egress"],
      egress: [{ ports: [{ port: 53, protocol: "UDP" }, ...tcp(53)] }],
    },
    "allow-pod-identity": { podSelector: all, policyTypes: ["Egress"], egress: [{ to: ranges(POD_IDENTITY), ports: tcp(80) }] },
    "allow-same-namespace": {
      podSelector: all,
      policyTypes: ["Egress", "Ingress"],
      egress: [{ to: [{ podSelector: all }] }],
      ingress: [{ from: [{ podSelector: all }] }],
    },
    "allow-telemetry": {
      podSelector: all,
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": TELEMETRY_NAMESPACE } } },
            ...ranges(network),
          ],
          ports: tcp(4317, 4318), // OTLP over gRPC and HTTP
        },
      ],
    },
    "from-load-balancer": {
      podSelector: opened(doors.fromLoadBalancer),
      policyTypes: ["Ingress"],
      ingress: [{ from: ranges(...loadBalancers) }],
    },
    "to-database": {
      podSelector: opened(doors.toDatabase),
      policyTypes: ["Egress"],
      egress: [{ to: ranges(network), ports: tcp(5432) }],
    },
    "to-https": {
      podSelector: opened(doors.toHttps),
      policyTypes: ["Egress"],
      egress: [{ to: ranges("0.0.0.0/0"), ports: tcp(443) }],
    },
  };
}
