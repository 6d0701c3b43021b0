import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { teamGroup } from "../kubernetes/access.ts";
import { NETWORK_POLICIES, type NetworkRanges, networkPolicies } from "./doors.ts";
import { TEAM_LABEL } from "./target-group-guard.ts";
import { tenantRules } from "./tenant-role.ts";

/** Arguments of {@link TeamNamespace}. */
export interface TeamNamespaceArgs {
  /** The team's name. Its namespace is called `team-NAME`, and so is the group that may work in it. */
  team: string;
  /** What the doors of the namespace lead to and from. */
  ranges: pulumi.Input<NetworkRanges>;
  /** The most that all of the team's pods together may ask for. */
  quota?: Partial<TeamQuota>;
  /** Protects the namespace from deletion: with it goes everything inside. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: {
    namespace?: (args: kubernetes.core.v1.NamespaceArgs) => kubernetes.core.v1.NamespaceArgs;
    quota?: (args: kubernetes.core.v1.ResourceQuotaArgs) => kubernetes.core.v1.ResourceQuotaArgs;
    limits?: (args: kubernetes.core.v1.LimitRangeArgs) => kubernetes.core.v1.LimitRangeArgs;
    role?: (args: kubernetes.rbac.v1.RoleArgs) => kubernetes.rbac.v1.RoleArgs;
  };
}

/** The most that a team may have at a time. */
export interface TeamQuota {
  /** vCPU that pods ask for. @default 20 */
  cpu: number;
  /** GiB of memory that pods ask for; their limits together may be twice that. @default 40 */
  memory: number;
  /** @default 100 */
  pods: number;
  /** GiB of volumes. @default 200 */
  storage: number;
}

const DEFAULT_QUOTA: TeamQuota = { cpu: 20, memory: 40, pods: 100, storage: 200 };

/**
 * A team's part of a cluster: a namespace in which pods are restricted, with quota and limits, closed to the network but for the
 * doors of `doors`, and a role for the team's group that can't change any of this.
 *
 * Cost: itself nothing. It bounds what the team's pods cost: 20 vCPU and 40 GiB fit on five m6i.xlarge (4 vCPU, 16 GiB) at
 * 0.192 × 730 h × 1.12 for Auto Mode = $157 each, $785 a month (us-east-1); and 200 GiB of gp3 at $0.08 = $16.
 *
 * @example
 * new TeamNamespace("addons-shopping", { team: "shopping", ranges, protect: true }, { providers });
 */
export class TeamNamespace extends pulumi.ComponentResource {
  /** Name of the namespace. */
  declare readonly namespace: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    namespace: kubernetes.core.v1.Namespace;
    quota: kubernetes.core.v1.ResourceQuota;
    systemPriority: kubernetes.core.v1.ResourceQuota;
    limits: kubernetes.core.v1.LimitRange;
    /** By name, for example `default-deny`. */
    networkPolicies: Record<string, kubernetes.networking.v1.NetworkPolicy>;
    role: kubernetes.rbac.v1.Role;
    roleBinding: kubernetes.rbac.v1.RoleBinding;
  };

  constructor(name: string, args: TeamNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:TeamNamespace", name, {}, opts);
    const parent = this;
    const { transform } = args;

    const namespace = createNamespace();
    const metadata = (called: string) => ({ name: called, namespace: namespace.metadata.name });
    const quota = createQuota();
    const systemPriority = refuseSystemPriority();
    const limits = createLimits();
    const policies = closeNetwork();
    const role = createRole();
    const roleBinding = bindRole();

    this.namespace = namespace.metadata.name;
    this.nodes = { namespace, quota, systemPriority, limits, networkPolicies: policies, role, roleBinding };
    this.registerOutputs({ namespace: this.namespace });

    function createNamespace() {
      const wanted: kubernetes.core.v1.NamespaceArgs = {
        metadata: {
          name: teamNamespace(args.team),
          labels: {
            [TEAM_LABEL]: args.team,
            // Pods that are not restricted are refused. A Deployment of such pods would be taken all the same: hence the warning.
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "latest",
            "pod-security.kubernetes.io/warn": "restricted",
            "pod-security.kubernetes.io/warn-version": "latest",
          },
        },
      };
      return new kubernetes.core.v1.Namespace(name, transform?.namespace?.(wanted) ?? wanted, { parent, protect: args.protect });
    }

    function createQuota() {
      const { cpu, memory, pods, storage } = { ...DEFAULT_QUOTA, ...args.quota };
      const wanted: kubernetes.core.v1.ResourceQuotaArgs = {
        metadata: metadata("team"),
        spec: {
          hard: {
            "requests.cpu": String(cpu),
            "requests.memory": `${memory}Gi`,
            "limits.memory": `${2 * memory}Gi`,
            pods: String(pods),
            "requests.storage": `${storage}Gi`,
            // The edge is the one way in: a Service that makes a load balancer or opens its nodes would be a second.
            "services.loadbalancers": "0",
            "services.nodeports": "0",
          },
        },
      };
      return new kubernetes.core.v1.ResourceQuota(`${name}-quota`, transform?.quota?.(wanted) ?? wanted, { parent });
    }

    /** Kubernetes lets any pod name a priority of the system's, which would push everybody else out. */
    function refuseSystemPriority() {
      const classes = ["system-cluster-critical", "system-node-critical"];
      const scope = { scopeName: "PriorityClass", operator: "In", values: classes };
      return new kubernetes.core.v1.ResourceQuota(
        `${name}-system-priority`,
        {
          metadata: metadata("no-system-priority"),
          spec: { hard: { pods: "0" }, scopeSelector: { matchExpressions: [scope] } },
        },
        { parent },
      );
    }

    function createLimits() {
      const wanted: kubernetes.core.v1.LimitRangeArgs = {
        metadata: metadata("team"),
        spec: {
          limits: [
            {
              type: "Container",
              // No limit of CPU by default: it would make a pod slow while its node is idle.
              default: { memory: "512Mi" },
              defaultRequest: { cpu: "100m", memory: "256Mi" },
              min: { cpu: "10m", memory: "16Mi" },
              max: { memory: "16Gi" },
            },
            { type: "PersistentVolumeClaim", min: { storage: "1Gi" }, max: { storage: "100Gi" } },
          ],
        },
      };
      return new kubernetes.core.v1.LimitRange(`${name}-limits`, transform?.limits?.(wanted) ?? wanted, { parent });
    }

    function closeNetwork() {
      const specs = pulumi.output(args.ranges).apply((ranges) => networkPolicies(ranges as NetworkRanges));
      return Object.fromEntries(
        NETWORK_POLICIES.map((called) => {
          const spec = specs.apply((known) => known[called]);
          return [
            called,
            new kubernetes.networking.v1.NetworkPolicy(`${name}-${called}`, { metadata: metadata(called), spec }, { parent }),
          ];
        }),
      );
    }

    function createRole() {
      const wanted: kubernetes.rbac.v1.RoleArgs = { metadata: metadata("team"), rules: [...tenantRules] };
      return new kubernetes.rbac.v1.Role(`${name}-role`, transform?.role?.(wanted) ?? wanted, { parent });
    }

    function bindRole() {
      const apiGroup = "rbac.authorization.k8s.io";
      return new kubernetes.rbac.v1.RoleBinding(
        `${name}-role`,
        {
          metadata: metadata("team"),
          roleRef: { apiGroup, kind: "Role", name: role.metadata.name },
          subjects: [{ apiGroup, kind: "Group", name: teamGroup(args.team) }],
        },
        { parent },
      );
    }
  }
}

/** The namespace of a team. The prefix keeps a team called "default" or "kube-system" out of Kubernetes' own. */
export function teamNamespace(team: string): string {
  return `team-${team}`;
}
