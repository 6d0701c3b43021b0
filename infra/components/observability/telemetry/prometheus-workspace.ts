import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link PrometheusWorkspace}. */
export interface PrometheusWorkspaceArgs {
  /** What workspace and log group are called, for example `acme-dev`. */
  alias: string;
  /** Key that encrypts the samples. Another key is another workspace, without what was measured before. */
  keyArn: pulumi.Input<string>;
  /** How long the workspace's own log is kept, one of CloudWatch's retentions, in days. */
  logDays: number;
  /** Protects workspace and samples from deletion. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: {
    workspace?: (args: aws.amp.WorkspaceArgs) => aws.amp.WorkspaceArgs;
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
  };
}

/**
 * A workspace of Amazon Managed Service for Prometheus: 150 days of samples, encrypted with a key of ours, with a log of failed
 * rules and queries.
 *
 * Cost a month (us-east-1): $0.90 per 10 million samples taken in, $0.03/GB kept, $0.10 per thousand million samples queried. A
 * service of 200 series every 30 s is 200 × 2 × 60 × 730 = 17.5 million samples: $1.58.
 */
export class PrometheusWorkspace extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  /** Where collectors write. */
  declare readonly remoteWriteUrl: pulumi.Output<string>;
  /** Where Grafana and gates ask. */
  declare readonly queryUrl: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { workspace: aws.amp.Workspace; logGroup: aws.cloudwatch.LogGroup };

  constructor(name: string, args: PrometheusWorkspaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:PrometheusWorkspace", name, {}, opts);
    const parent = this;

    const logGroup = createLogGroup();
    const workspace = createWorkspace();

    this.arn = workspace.arn;
    // The endpoint ends in a slash.
    this.remoteWriteUrl = pulumi.interpolate`${workspace.prometheusEndpoint}api/v1/remote_write`;
    this.queryUrl = pulumi.interpolate`${workspace.prometheusEndpoint}api/v1/query`;
    this.nodes = { workspace, logGroup };
    this.registerOutputs({ arn: this.arn, remoteWriteUrl: this.remoteWriteUrl, queryUrl: this.queryUrl });

    function createLogGroup() {
      // Groups below /aws/vendedlogs share one resource policy, of which a region has only ten.
      const wanted: aws.cloudwatch.LogGroupArgs = {
        name: `/aws/vendedlogs/prometheus/${args.alias}`,
        retentionInDays: args.logDays,
      };
      return new aws.cloudwatch.LogGroup(name, args.transform?.logGroup?.(wanted) ?? wanted, { parent });
    }

    function createWorkspace() {
      const wanted: aws.amp.WorkspaceArgs = {
        alias: args.alias,
        kmsKeyArn: args.keyArn,
        loggingConfiguration: { logGroupArn: pulumi.interpolate`${logGroup.arn}:*` },
      };
      return new aws.amp.Workspace(name, args.transform?.workspace?.(wanted) ?? wanted, { parent, protect: args.protect });
    }
  }
}
