import type { ServiceContract } from "@fairway/service";
import type { RoleDefaults } from "@fairway/settings";
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Place, Statement } from "../documents/policy.ts";
import type { Alerting } from "../observability/alerting/alerting.ts";
import type { PinnedImage } from "./image.ts";

/** Arguments of FargateService. */
export interface FargateServiceArgs {
  /** What to run, as it holds in this environment: see `forEnvironment`. */
  contract: ServiceContract;
  /** See `pinnedImage`. */
  image: PinnedImage;
  place: Place;
  /** Names of platform and environment: what is named in the account is named after them. */
  platform: string;
  environment: string;
  network: { vpcId: pulumi.Input<string>; privateSubnetIds: pulumi.Input<string[]> };
  edge: { public: pulumi.Output<Entrance>; internal: pulumi.Output<Entrance | null> };
  cluster: { clusterArn: pulumi.Input<string>; clusterName: pulumi.Input<string> };
  /** On every resource: team, service, cost centre. See `defaultTags`. */
  tags: Record<string, string>;
  /** Whom its alarms tell, and where it is written what to do: those of the contract's `owner`. See `teamAlerting`. */
  alerting: Alerting;
  /** Path and boundary of its roles: those of the contract's `owner`. See `roleDefaults`. */
  roles: RoleDefaults;
  /** What the service's code may do in AWS, at most 10,240 characters. @default nothing */
  permissions?: Statement[];
  /** Priority of the listener rule, 100 to 50,000. @default one made from the service's name, see `listenerPriority` */
  priority?: number;
  /** How long logs are kept, one of CloudWatch's retentions. @default 30 */
  logDays?: number;
  /** Last word on each child's arguments. */
  transform?: {
    taskDefinition?: (args: aws.ecs.TaskDefinitionArgs) => aws.ecs.TaskDefinitionArgs;
    service?: (args: aws.ecs.ServiceArgs) => aws.ecs.ServiceArgs;
    targetGroup?: (args: aws.lb.TargetGroupArgs) => aws.lb.TargetGroupArgs;
    listenerRule?: (args: aws.lb.ListenerRuleArgs) => aws.lb.ListenerRuleArgs;
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
    errorAlarm?: (args: aws.cloudwatch.MetricAlarmArgs) => aws.cloudwatch.MetricAlarmArgs;
  };
}

/** A load balancer of the edge stack, as a service needs to know it. */
export interface Entrance {
  /** Dimension LoadBalancer of its metrics. */
  arnSuffix: string;
  listenerArn: string;
  securityGroupId: string;
  /** Host name that leads there. */
  host: string;
}

/** What every step that makes a part of a service needs. */
export interface Step {
  /** The component's name: each child's begins with it. */
  name: string;
  parent: pulumi.Resource;
  args: FargateServiceArgs;
}
