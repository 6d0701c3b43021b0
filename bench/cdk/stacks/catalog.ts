import {
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  aws_applicationautoscaling as autoscaling,
  aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elb,
  aws_iam as iam,
  aws_logs as logs,
} from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Environment } from "../environments.ts";
import type { EcsStack } from "./ecs.ts";
import type { EdgeStack } from "./edge.ts";
import type { NetworkStack } from "./network.ts";

export interface Foundations {
  network: NetworkStack;
  edge: EdgeStack;
  ecs: EcsStack;
}

const PORT = 8080;
const NAME = "catalog";

/** The catalogue service on Fargate: tasks, roles, a way in from the load balancer, logs, an alarm, autoscaling. */
export class CatalogStack extends Stack {
  private readonly environmentSettings: Environment;
  private readonly foundations: Foundations;

  constructor(scope: Construct, id: string, environment: Environment, foundations: Foundations, props: StackProps) {
    super(scope, id, props);
    this.environmentSettings = environment;
    this.foundations = foundations;

    const securityGroup = this.createConnections();
    const targetGroup = this.createRouting();
    const alarm = this.createErrorAlarm(targetGroup);
    const service = this.createService(this.createTaskDefinition(), securityGroup, targetGroup, alarm);
    this.createScaling(service, targetGroup);
  }

  /** The way in is made when the service joins its target group. */
  private createConnections(): ec2.SecurityGroup {
    const { network, edge } = this.foundations;
    const group = new ec2.SecurityGroup(this, NAME, {
      vpc: network.vpc,
      description: `Tasks of ${NAME}`,
      allowAllOutbound: false,
    });
    const port = { ipProtocol: "tcp", fromPort: PORT, toPort: PORT, description: `Load balancer to ${NAME}` };
    const edgeGroup = edge.securityGroup.securityGroupId;
    new ec2.CfnSecurityGroupEgress(this, "edge-out", {
      ...port,
      groupId: edgeGroup,
      destinationSecurityGroupId: group.securityGroupId,
    });
    new ec2.CfnSecurityGroupEgress(this, "https-out", {
      groupId: group.securityGroupId,
      cidrIp: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description: "HTTPS to AWS and other APIs",
    });
    return group;
  }

  private createRouting(): elb.ApplicationTargetGroup {
    const { network, edge } = this.foundations;
    const targetGroup = new elb.ApplicationTargetGroup(this, "targets", {
      vpc: network.vpc,
      targetType: elb.TargetType.IP,
      protocol: elb.ApplicationProtocol.HTTP,
      port: PORT,
      deregistrationDelay: Duration.seconds(15),
      healthCheck: {
        path: "/healthz",
        healthyHttpCodes: "200-299",
        interval: Duration.seconds(5),
        timeout: Duration.seconds(2),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    // The listener by its attributes: a reference to the construct would make the edge depend on this stack.
    const listener = elb.ApplicationListener.fromApplicationListenerAttributes(this, "listener", {
      listenerArn: edge.listener.listenerArn,
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(this, "edge-group", edge.securityGroup.securityGroupId, {
        mutable: false,
      }),
    });
    new elb.ApplicationListenerRule(this, "rule", {
      listener,
      priority: 100,
      conditions: [elb.ListenerCondition.pathPatterns(["/catalog", "/catalog/*"])],
      action: elb.ListenerAction.forward([targetGroup]),
    });
    return targetGroup;
  }

  private createErrorAlarm(targetGroup: elb.ApplicationTargetGroup): cloudwatch.Alarm {
    const metric = (metricName: string) =>
      new cloudwatch.Metric({
        namespace: "AWS/ApplicationELB",
        metricName,
        dimensionsMap: {
          LoadBalancer: this.foundations.edge.loadBalancer.loadBalancerFullName,
          TargetGroup: targetGroup.targetGroupFullName,
        },
        period: Duration.minutes(1),
        statistic: "Sum",
      });
    return new cloudwatch.Alarm(this, "errors", {
      alarmName: `${NAME}-${this.environmentSettings.name}-errors`,
      alarmDescription: `${NAME} answers over 5 % of its requests with 5xx`,
      metric: new cloudwatch.MathExpression({
        expression: "IF(requests > 10, 100 * FILL(errors, 0) / requests, 0)",
        usingMetrics: { errors: metric("HTTPCode_Target_5XX_Count"), requests: metric("RequestCount") },
        period: Duration.minutes(1),
      }),
      threshold: 5,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  private createTaskDefinition(): ecs.FargateTaskDefinition {
    const role = (kind: string, description: string) =>
      new iam.Role(this, `${kind}-role`, { description, assumedBy: new iam.ServicePrincipal("ecs-tasks.amazonaws.com") });
    const taskDefinition = new ecs.FargateTaskDefinition(this, "task", {
      family: `${this.environmentSettings.name}-${NAME}`,
      cpu: 256,
      memoryLimitMiB: 512,
      runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
      executionRole: role("execution", `What ECS does to start ${NAME}`),
      taskRole: role("task", `What ${NAME} may do`),
    });
    const repository = ecr.Repository.fromRepositoryAttributes(this, "repository", {
      repositoryName: `acme/${NAME}`,
      repositoryArn: `arn:aws:ecr:eu-west-1:111111111111:repository/acme/${NAME}`,
    });
    taskDefinition.addContainer(NAME, {
      image: ecs.ContainerImage.fromEcrRepository(repository, `sha256:${"0".repeat(64)}`),
      user: "1000:1000",
      readonlyRootFilesystem: true,
      portMappings: [{ name: "http", containerPort: PORT, appProtocol: ecs.AppProtocol.http }],
      environment: { DRAIN_SECONDS: "15", LOG_LEVEL: "info", PORT: String(PORT) },
      stopTimeout: Duration.seconds(30),
      logging: ecs.LogDrivers.awsLogs({
        streamPrefix: NAME,
        mode: ecs.AwsLogDriverMode.NON_BLOCKING,
        logGroup: new logs.LogGroup(this, "logs", {
          logGroupName: `/acme/${this.environmentSettings.name}/${NAME}`,
          retention: logs.RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      }),
    });
    return taskDefinition;
  }

  private createService(
    taskDefinition: ecs.FargateTaskDefinition,
    securityGroup: ec2.SecurityGroup,
    targetGroup: elb.ApplicationTargetGroup,
    alarm: cloudwatch.Alarm,
  ): ecs.FargateService {
    const service = new ecs.FargateService(this, "service", {
      cluster: this.foundations.ecs.cluster,
      taskDefinition,
      desiredCount: this.environmentSettings.minTasks,
      capacityProviderStrategies: [
        { capacityProvider: "FARGATE", base: 1, weight: 100 },
        { capacityProvider: "FARGATE_SPOT", weight: 0 },
      ],
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [securityGroup],
      assignPublicIp: false,
      healthCheckGracePeriod: Duration.seconds(30),
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      deploymentAlarms: { alarmNames: [alarm.alarmName], behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
    });
    service.attachToApplicationTargetGroup(targetGroup);
    return service;
  }

  private createScaling(service: ecs.FargateService, targetGroup: elb.ApplicationTargetGroup): void {
    const { minTasks, maxTasks } = this.environmentSettings;
    const target = new autoscaling.ScalableTarget(this, "scaling", {
      serviceNamespace: autoscaling.ServiceNamespace.ECS,
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${this.foundations.ecs.cluster.clusterName}/${service.serviceName}`,
      minCapacity: minTasks,
      maxCapacity: maxTasks,
      role: iam.Role.fromRoleArn(
        this,
        "scaling-role",
        `arn:aws:iam::${this.account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
        { mutable: false },
      ),
    });
    target.scaleToTrackMetric("requests", {
      targetValue: 3000,
      predefinedMetric: autoscaling.PredefinedMetric.ALB_REQUEST_COUNT_PER_TARGET,
      resourceLabel: `${this.foundations.edge.loadBalancer.loadBalancerFullName}/${targetGroup.targetGroupFullName}`,
      scaleOutCooldown: Duration.seconds(60),
      scaleInCooldown: Duration.minutes(5),
    });
  }
}
