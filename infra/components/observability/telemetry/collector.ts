import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../../documents/json.ts";
import { collectorConfig } from "./collector-config.ts";

/** Arguments of {@link Collector}. */
export interface CollectorArgs {
  region: string;
  /** What parameter, log group and namespace are named after, for example `acme/dev`. */
  prefix: string;
  /** How long embedded metrics are kept as log events, one of CloudWatch's retentions, in days. */
  logDays: number;
  /** Address of a Prometheus workspace, which then gets the metrics instead of CloudWatch. @default none */
  remoteWriteUrl?: pulumi.Input<string>;
  /** Last word on each child's arguments. */
  transform?: {
    parameter?: (args: aws.ssm.ParameterArgs) => aws.ssm.ParameterArgs;
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
  };
}

/**
 * What the collectors of an environment's tasks share: their configuration, as an SSM parameter that a task definition names as
 * a secret, and the log group in which CloudWatch finds their metrics.
 *
 * A task reads the parameter when it starts: a change reaches a service with its next deployment.
 *
 * Cost a month (us-east-1): a standard parameter nothing; $0.30 a metric and service, $0.50/GB of metrics as log events, $5 a
 * million traces.
 */
export class Collector extends pulumi.ComponentResource {
  declare readonly parameterName: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { parameter: aws.ssm.Parameter; logGroup: aws.cloudwatch.LogGroup };

  constructor(name: string, args: CollectorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:Collector", name, {}, opts);
    const parent = this;

    const logGroup = createLogGroup();
    const parameter = createParameter();

    this.parameterName = parameter.name;
    this.nodes = { parameter, logGroup };
    this.registerOutputs({ parameterName: this.parameterName });

    function createLogGroup() {
      const wanted: aws.cloudwatch.LogGroupArgs = { name: metricsLogGroup(args.prefix), retentionInDays: args.logDays };
      return new aws.cloudwatch.LogGroup(name, args.transform?.logGroup?.(wanted) ?? wanted, { parent });
    }

    function createParameter() {
      const config = pulumi
        .all([logGroup.name, args.remoteWriteUrl])
        .apply(([metrics, remoteWriteUrl]) =>
          collectorConfig({ region: args.region, namespace: args.prefix, metricsLogGroup: metrics, remoteWriteUrl }),
        );
      const wanted: aws.ssm.ParameterArgs = {
        name: `/${args.prefix}/collector`,
        description: "Configuration of the OpenTelemetry collector beside each task. JSON, which is YAML too.",
        type: "String", // it holds no secret
        value: jsonDocument(config),
      };
      return new aws.ssm.Parameter(name, args.transform?.parameter?.(wanted) ?? wanted, { parent });
    }
  }
}

/** Name of the log group for metrics of an environment: no service's, which are one level higher. */
export function metricsLogGroup(prefix: string): string {
  return `/${prefix}/collector/metrics`;
}
