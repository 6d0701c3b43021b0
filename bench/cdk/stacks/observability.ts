import {
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  aws_cloudwatch as cloudwatch,
  aws_events as events,
  aws_iam as iam,
  aws_logs as logs,
  aws_ssm as ssm,
} from "aws-cdk-lib";
import type { Construct } from "constructs";
import { type Environment, PLATFORM, TEAMS, type Team } from "../environments.ts";
import { AlertRoutes, forwardAlarms } from "./alerts.ts";

/** Rows of the dashboard: titles of graphs with the namespace and dimensions of their metrics, and each metric with its statistic. */
const DASHBOARD: Record<string, [title: string, from: string, metrics: [metric: string, statistic: string][]][]> = {
  Edge: [
    ["Requests a minute", "AWS/ApplicationELB,LoadBalancer", [["RequestCount", "Sum"]]],
    [
      "Errors a minute",
      "AWS/ApplicationELB,LoadBalancer",
      [
        ["HTTPCode_Target_5XX_Count", "Sum"],
        ["HTTPCode_ELB_5XX_Count", "Sum"],
      ],
    ],
    [
      "Response time",
      "AWS/ApplicationELB,LoadBalancer",
      [
        ["TargetResponseTime", "p50"],
        ["TargetResponseTime", "p90"],
        ["TargetResponseTime", "p99"],
      ],
    ],
    ["Reachable from outside", "AWS/Route53,HealthCheckId", [["HealthCheckStatus", "Minimum"]]],
  ],
  "Services, on both runtimes": [
    ["Requests a minute", "AWS/ApplicationELB,LoadBalancer,TargetGroup", [["RequestCount", "Sum"]]],
    ["5xx a minute", "AWS/ApplicationELB,LoadBalancer,TargetGroup", [["HTTPCode_Target_5XX_Count", "Sum"]]],
    ["Response time, p99", "AWS/ApplicationELB,LoadBalancer,TargetGroup", [["TargetResponseTime", "p99"]]],
    ["Healthy targets", "AWS/ApplicationELB,LoadBalancer,TargetGroup", [["HealthyHostCount", "Minimum"]]],
  ],
  ECS: [
    ["CPU by service", "AWS/ECS,ClusterName,ServiceName", [["CPUUtilization", "Average"]]],
    ["Memory by service", "AWS/ECS,ClusterName,ServiceName", [["MemoryUtilization", "Average"]]],
    [
      "Tasks, running and wanted",
      "ECS/ContainerInsights,ClusterName,ServiceName",
      [
        ["RunningTaskCount", "Minimum"],
        ["DesiredTaskCount", "Maximum"],
      ],
    ],
    ["Deployments in progress", "ECS/ContainerInsights,ClusterName,ServiceName", [["DeploymentCount", "Maximum"]]],
  ],
  Kubernetes: [
    [
      "Pods that wait for a node",
      "AWS/EKS,ClusterName",
      [
        ["scheduler_pending_pods", "Maximum"],
        ["scheduler_schedule_attempts_UNSCHEDULABLE", "Sum"],
      ],
    ],
    [
      "Errors of the API",
      "AWS/EKS,ClusterName",
      [
        ["apiserver_request_total_5XX", "Sum"],
        ["apiserver_request_total_429", "Sum"],
      ],
    ],
    [
      "Response time of the API, p99",
      "AWS/EKS,ClusterName",
      [
        ["apiserver_request_duration_seconds_GET_P99", "Maximum"],
        ["apiserver_request_duration_seconds_PUT_P99", "Maximum"],
      ],
    ],
    [
      "Nodes",
      "ContainerInsights,ClusterName",
      [
        ["cluster_node_count", "Maximum"],
        ["cluster_failed_node_count", "Maximum"],
      ],
    ],
  ],
  "What it stands on": [
    [
      "NAT gateways",
      "AWS/NATGateway,NatGatewayId",
      [
        ["ErrorPortAllocation", "Sum"],
        ["PacketsDropCount", "Sum"],
      ],
    ],
    ["Firewall: requests blocked", "AWS/WAFV2,Region,Rule,WebACL", [["BlockedRequests", "Sum"]]],
    ["Notifications not delivered", "AWS/SNS,TopicName", [["NumberOfNotificationsFailed", "Sum"]]],
    ["Event rules: deliveries failed", "AWS/Events,RuleName", [["FailedInvocations", "Sum"]]],
  ],
};

/** Where alarms go, a bus of their changes, a dashboard, and what tasks' collectors are told. */
export class ObservabilityStack extends Stack {
  /** By names, since what reads them is in another region. */
  readonly bus: { arn: string; roleArn: string };
  private readonly prefix: string;

  constructor(scope: Construct, id: string, environment: Environment, props: StackProps) {
    super(scope, id, props);
    this.prefix = `${PLATFORM}-${environment.name}`;
    new AlertRoutes(this, environment, Object.keys(TEAMS) as Team[]);
    this.bus = this.createBus();
    this.createDashboard();
    this.createCollector(environment);
  }

  private createBus(): { arn: string; roleArn: string } {
    const eventBusName = `${this.prefix}-alarms`;
    const bus = new events.EventBus(this, "bus", { eventBusName, description: "Every change of an alarm's state" });
    bus.archive("archive", {
      archiveName: eventBusName,
      eventPattern: { source: ["aws.cloudwatch"] },
      retention: Duration.days(30),
    });
    const logGroup = this.logGroup("bus-log", `/aws/events/${eventBusName}`);
    const log = new events.CfnRule(this, "log", {
      name: `${eventBusName}-log`,
      description: `Everything on bus ${eventBusName} to its log group`,
      eventBusName: bus.eventBusName,
      eventPattern: { source: ["aws.cloudwatch"] },
      targets: [{ id: "log", arn: `arn:aws:logs:${this.region}:${this.account}:log-group:/aws/events/${eventBusName}` }],
    });
    new logs.ResourcePolicy(this, "write-log", {
      resourcePolicyName: eventBusName,
      policyStatements: [
        new iam.PolicyStatement({
          sid: "RulesCreateStream",
          principals: [new iam.ServicePrincipal("events.amazonaws.com")],
          actions: ["logs:CreateLogStream"],
          resources: [logGroup.logGroupArn],
        }),
        new iam.PolicyStatement({
          sid: "RulesPutEvents",
          principals: [new iam.ServicePrincipal("events.amazonaws.com")],
          actions: ["logs:PutLogEvents"],
          resources: [logGroup.logGroupArn],
          conditions: { ArnEquals: { "aws:SourceArn": log.attrArn } },
        }),
      ],
    });
    const roleName = `${eventBusName}-carrier`;
    const role = new iam.Role(this, "carrier", {
      roleName,
      path: `/${PLATFORM}/platform/`,
      description: `Carries changes of alarms to ${eventBusName}`,
      assumedBy: new iam.ServicePrincipal("events.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": this.account } },
      }),
    });
    bus.grantPutEventsTo(role, "PutEvents");
    forwardAlarms(this, bus.eventBusArn, role.roleArn);
    return {
      arn: `arn:aws:events:${this.region}:${this.account}:event-bus/${eventBusName}`,
      roleArn: `arn:aws:iam::${this.account}:role/${PLATFORM}/platform/${roleName}`,
    };
  }

  private createDashboard(): void {
    const dashboard = new cloudwatch.Dashboard(this, "dashboard", { dashboardName: this.prefix });
    for (const [heading, graphs] of Object.entries(DASHBOARD)) {
      dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: `## ${heading}`, width: 24, height: 1 }));
      dashboard.addWidgets(
        ...graphs.map(
          ([title, from, metrics]) =>
            new cloudwatch.GraphWidget({
              title,
              width: 6,
              height: 6,
              period: Duration.minutes(1),
              leftYAxis: { min: 0, showUnits: false },
              left: metrics.map(
                ([metric, statistic]) =>
                  new cloudwatch.MathExpression({
                    expression: `SEARCH('{${from}} MetricName="${metric}"', '${statistic}', 60)`,
                    label: metrics.length > 1 ? metric : "",
                    period: Duration.minutes(1),
                  }),
              ),
            }),
        ),
      );
    }
  }

  private createCollector(environment: Environment): void {
    const path = `/${PLATFORM}/${environment.name}/collector`;
    this.logGroup("collector-log", `${path}/metrics`);
    new ssm.StringParameter(this, "collector", {
      parameterName: path,
      description: "Configuration of the OpenTelemetry collector beside each task.",
      stringValue: this.toJsonString({
        receivers: { otlp: { protocols: { grpc: { endpoint: "127.0.0.1:4317" }, http: { endpoint: "127.0.0.1:4318" } } } },
        processors: { batch: { timeout: "10s" }, resourcedetection: { detectors: ["env", "ecs"] } },
        exporters: { awsxray: {}, awsemf: { namespace: PLATFORM, log_group_name: `${path}/metrics` } },
        service: {
          pipelines: {
            traces: { receivers: ["otlp"], processors: ["resourcedetection", "batch"], exporters: ["awsxray"] },
            metrics: { receivers: ["otlp"], processors: ["resourcedetection", "batch"], exporters: ["awsemf"] },
          },
        },
      }),
    });
  }

  private logGroup(id: string, logGroupName: string): logs.LogGroup {
    return new logs.LogGroup(this, id, {
      logGroupName,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
