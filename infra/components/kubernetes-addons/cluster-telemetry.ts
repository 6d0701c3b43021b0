import type { RoleDefaults } from "@fairway/settings";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import { type Place, policyDocument } from "../documents/policy.ts";
import { TELEMETRY_NAMESPACE } from "./doors.ts";

/** Arguments of {@link ClusterTelemetry}. */
export interface ClusterTelemetryArgs {
  place: Place;
  clusterName: pulumi.Input<string>;
  clusterArn: pulumi.Input<string>;
  /** Days that logs of pods and nodes are kept: one of the numbers that CloudWatch Logs takes. */
  logDays: number;
  /** ARN of the key that encrypts the logs. Its policy must let CloudWatch Logs use it. */
  dataKeyArn: pulumi.Input<string>;
  /** Path and permissions boundary of the agent's role. */
  roles: RoleDefaults;
  /**
   * Whether we install metrics-server, which autoscaling by CPU reads. Where it runs already by other means it is taken over; where it
   * is an add-on of the cluster already, say false or import it. @default true
   */
  metricsServer?: boolean;
  /** Versions of the add-ons, for example `v0.8.0-eksbuild.5`. @default AWS's own default for the cluster's version */
  versions?: { observability?: string; metricsServer?: string };
  /** Last word on each child's arguments. */
  transform?: {
    role?: (args: aws.iam.RoleArgs) => aws.iam.RoleArgs;
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
    observability?: (args: aws.eks.AddonArgs) => aws.eks.AddonArgs;
    metricsServer?: (args: aws.eks.AddonArgs) => aws.eks.AddonArgs;
  };
}

/** The log groups that Container Insights writes to, below `/aws/containerinsights/CLUSTER/`. */
const LOG_GROUPS = ["application", "dataplane", "host", "performance"];

/** The agent's account in its namespace (CloudWatch user guide, "Quick start with the … EKS add-on"). */
const SERVICE_ACCOUNT = "cloudwatch-agent";

/** What AWS says the agent needs: metrics and logs; traces. */
const POLICIES = ["AWSXrayWriteOnlyAccess", "CloudWatchAgentServerPolicy"];

/**
 * What a cluster tells of itself: metrics of pods and nodes, the output of every container, and traces that services send, by
 * CloudWatch's add-on for EKS with credentials of EKS Pod Identity. AWS keeps its images; nothing of it is in our hands.
 *
 * Services' code is not instrumented behind their backs (Application Signals' auto-monitoring is off): they send OTLP themselves.
 *
 * Cost a month (us-east-1): Container Insights with enhanced observability is 0.21 per million observations. At 40 a minute for each
 * pod and node (assumed: it depends on the version), 20 pods on two nodes are 22 × 40 × 43,800 min = 38.5 million, $8. Logs
 * $0.50/GB. metrics-server runs in the cluster, on 0.1 vCPU.
 *
 * @example
 * new ClusterTelemetry("addons-telemetry", { place: environment, clusterName, clusterArn, logDays: 30, dataKeyArn, roles });
 */
export class ClusterTelemetry extends pulumi.ComponentResource {
  /** OTLP over HTTP, inside the cluster. The agent serves it by default since version 8.0.0 of the add-on. */
  declare readonly otlpEndpoint: string;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    role: aws.iam.Role;
    /** By the last part of their name, for example `application`. */
    logGroups: Record<string, aws.cloudwatch.LogGroup>;
    observability: aws.eks.Addon;
    metricsServer: aws.eks.Addon | undefined;
  };

  constructor(name: string, args: ClusterTelemetryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:ClusterTelemetry", name, {}, opts);
    const parent = this;
    const { transform, versions } = args;
    refuseWithoutOtlp(name, versions?.observability);

    const role = createRole();
    const policies = allow();
    const logGroups = createLogGroups();
    const observability = installObservability();
    const metricsServer = (args.metricsServer ?? true) ? installMetricsServer() : undefined;

    this.otlpEndpoint = `http://${SERVICE_ACCOUNT}.${TELEMETRY_NAMESPACE}:4318`;
    this.nodes = { role, logGroups, observability, metricsServer };
    this.registerOutputs({ otlpEndpoint: this.otlpEndpoint });

    function createRole() {
      const trust = pulumi
        .output(args.clusterArn)
        .apply((cluster) => podTrust(args.place, cluster, TELEMETRY_NAMESPACE, SERVICE_ACCOUNT));
      const wanted: aws.iam.RoleArgs = {
        description: pulumi.interpolate`The CloudWatch agent of cluster ${args.clusterName}`,
        assumeRolePolicy: jsonDocument(trust),
        ...args.roles,
      };
      return new aws.iam.Role(name, transform?.role?.(wanted) ?? wanted, { parent });
    }

    function allow() {
      return POLICIES.map(
        (policy) =>
          new aws.iam.RolePolicyAttachment(
            `${name}-${policy}`,
            { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
            { parent },
          ),
      );
    }

    /** The agent would make them itself: kept for ever, and without our key. */
    function createLogGroups() {
      return Object.fromEntries(
        LOG_GROUPS.map((kind) => {
          const wanted: aws.cloudwatch.LogGroupArgs = {
            name: pulumi.interpolate`/aws/containerinsights/${args.clusterName}/${kind}`,
            retentionInDays: args.logDays,
            kmsKeyId: args.dataKeyArn,
          };
          return [kind, new aws.cloudwatch.LogGroup(`${name}-${kind}`, transform?.logGroup?.(wanted) ?? wanted, { parent })];
        }),
      );
    }

    function installObservability() {
      const wanted: aws.eks.AddonArgs = {
        clusterName: args.clusterName,
        addonName: "amazon-cloudwatch-observability",
        addonVersion: versions?.observability,
        configurationValues: jsonDocument({ manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } } }),
        podIdentityAssociations: [{ roleArn: role.arn, serviceAccount: SERVICE_ACCOUNT }],
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
      };
      return new aws.eks.Addon(name, transform?.observability?.(wanted) ?? wanted, {
        parent,
        // Without them the agent starts with no permissions, and makes log groups of its own.
        dependsOn: [...policies, ...Object.values(logGroups)],
      });
    }

    function installMetricsServer() {
      const wanted: aws.eks.AddonArgs = {
        clusterName: args.clusterName,
        addonName: "metrics-server",
        addonVersion: versions?.metricsServer,
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
      };
      return new aws.eks.Addon(`${name}-metrics-server`, transform?.metricsServer?.(wanted) ?? wanted, { parent });
    }
  }
}

/**
 * Trust for the pods of one service account of one cluster, by EKS Pod Identity (EKS user guide, "Create IAM role with trust policy
 * required by EKS Pod Identity"). EKS says in the session's tags who asks; without the conditions any pod in the account that
 * has an association could.
 */
export function podTrust({ account }: Place, clusterArn: string, namespace: string, serviceAccount: string) {
  return policyDocument([
    {
      Sid: "PodIdentity",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn": clusterArn,
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": serviceAccount,
          "aws:SourceAccount": account,
        },
      },
    },
  ]);
}

/** What serves OTLP by default since version 8 (CloudWatch user guide, "OTLP ingestion"). */
const OTLP_SINCE = 8;

function refuseWithoutOtlp(name: string, version: string | undefined): void {
  const major = /^v(\d+)\./.exec(version ?? "")?.[1];
  if (version === undefined || (major !== undefined && Number(major) >= OTLP_SINCE)) return;
  throw new Error(
    `"${name}": version ${version} of amazon-cloudwatch-observability takes no traces by OTLP, which services send. ` +
      `Set v${OTLP_SINCE}.0.0 or later in full, for example v${OTLP_SINCE}.0.0-eksbuild.1, or leave it out for AWS's default.`,
  );
}
