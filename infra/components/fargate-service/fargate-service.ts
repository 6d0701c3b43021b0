import { isFargateSize } from "@fairway/service";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import type { Entrance, FargateServiceArgs, Step } from "./args.ts";
import { createConnections } from "./connections.ts";
import { containerDefinition } from "./container.ts";
import { createErrorAlarm } from "./deploy-guard.ts";
import { createRoles } from "./roles.ts";
import { createRouting, serviceUrl } from "./routing.ts";
import { createScaling } from "./scaling.ts";

/**
 * A service on Fargate as its contract declares it: tasks, roles, a way in from the load balancer, logs, autoscaling, and rolling
 * deployments that undo themselves.
 *
 * A deployment is rolled back when tasks keep failing to start (circuit breaker) or when the service answers with errors
 * (alarm). ECS does that; the Pulumi update does not wait for it.
 *
 * Cost a month (us-east-1, ARM, 2026-03): a task of 0.25 vCPU and 0.5 GiB is (0.25 × 0.03238 + 0.5 × 0.00356) × 730 h =
 * $7.21, on Spot about 70 % less; alarm $0.20; logs $0.50/GB.
 *
 * @example
 * const service = new FargateService(contract.name, {
 *   contract, image, place: environment, platform: platform.name, environment: environment.name,
 *   network: network.read(), edge: edge.read(), cluster: ecs.read(), tags,
 *   alerting: teamAlerting(platform, contract.owner, observability.read().topics),
 * });
 */
export class FargateService extends pulumi.ComponentResource {
  declare readonly serviceName: pulumi.Output<string>;
  /** Where it answers: of the public edge, or of the internal one. */
  declare readonly url: pulumi.Output<string>;
  declare readonly targetGroupArn: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer: a database lets in `securityGroup`. */
  declare readonly nodes: {
    service: aws.ecs.Service;
    taskDefinition: aws.ecs.TaskDefinition;
    targetGroup: aws.lb.TargetGroup;
    securityGroup: aws.ec2.SecurityGroup;
    logGroup: aws.cloudwatch.LogGroup;
    executionRole: aws.iam.Role;
    taskRole: aws.iam.Role;
    errorAlarm: aws.cloudwatch.MetricAlarm;
  };

  constructor(name: string, args: FargateServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:FargateService", name, {}, opts);
    const parent = this;
    const step: Step = { name, parent, args };
    const { contract, tags } = args;
    refuseImpossible(args);
    const entrance = entranceOf(args);

    const logGroup = createLogGroup();
    const roles = createRoles(step, logGroup);
    const securityGroup = createConnections(step, entrance);
    const routing = createRouting(step, entrance);
    const errorAlarm = createErrorAlarm(step, entrance, routing.targetGroup);
    const taskDefinition = createTaskDefinition();
    const service = createService();
    createScaling(step, entrance, routing, service);

    this.serviceName = service.name;
    this.url = entrance.host.apply((host) => serviceUrl(contract.http, host));
    this.targetGroupArn = routing.targetGroup.arn;
    this.nodes = {
      service,
      taskDefinition,
      targetGroup: routing.targetGroup,
      securityGroup,
      logGroup,
      executionRole: roles.execution,
      taskRole: roles.task,
      errorAlarm,
    };
    this.registerOutputs({ serviceName: this.serviceName, url: this.url, targetGroupArn: this.targetGroupArn });

    function createLogGroup() {
      const wanted: aws.cloudwatch.LogGroupArgs = {
        name: `/${args.platform}/${args.environment}/${contract.name}`,
        retentionInDays: args.logDays ?? 30,
        tags,
      };
      return new aws.cloudwatch.LogGroup(name, args.transform?.logGroup?.(wanted) ?? wanted, { parent });
    }

    function createTaskDefinition() {
      const containers = logGroup.name.apply((group) => [containerDefinition(contract, args.image, args.place, group)]);
      const wanted: aws.ecs.TaskDefinitionArgs = {
        family: `${args.environment}-${contract.name}`,
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: String(contract.size.cpu * 1024),
        memory: String(contract.size.memory * 1024),
        runtimePlatform: {
          operatingSystemFamily: "LINUX",
          cpuArchitecture: contract.size.architecture === "arm64" ? "ARM64" : "X86_64",
        },
        executionRoleArn: roles.execution.arn,
        taskRoleArn: roles.task.arn,
        containerDefinitions: jsonDocument(containers),
        skipDestroy: true, // a rollback needs the revision before
        tags,
      };
      return new aws.ecs.TaskDefinition(name, args.transform?.taskDefinition?.(wanted) ?? wanted, { parent });
    }

    function createService() {
      const wanted: aws.ecs.ServiceArgs = {
        cluster: args.cluster.clusterArn,
        taskDefinition: taskDefinition.arn,
        desiredCount: contract.scale.min,
        capacityProviderStrategies: capacityStrategy(contract.size.spotShare),
        forceNewDeployment: true, // else a changed strategy replaces the service
        networkConfiguration: {
          subnets: args.network.privateSubnetIds,
          securityGroups: [securityGroup.id],
          assignPublicIp: false,
        },
        loadBalancers: [
          { targetGroupArn: routing.targetGroup.arn, containerName: contract.name, containerPort: contract.http.port },
        ],
        healthCheckGracePeriodSeconds: 10, // a task that takes longer to listen than this is not ready for traffic shifts
        deploymentController: { type: "ECS" },
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        alarms: { enable: true, rollback: true, alarmNames: [errorAlarm.name] },
        availabilityZoneRebalancing: "ENABLED",
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        waitForSteadyState: false,
        // Read by whatever waits for the deployment: the release, the rehearsal.
        tags: { ...tags, "fairway:deadline": contract.release.deadline },
      };
      return new aws.ecs.Service(name, args.transform?.service?.(wanted) ?? wanted, {
        parent,
        ignoreChanges: ["desiredCount"], // autoscaling's
        dependsOn: [routing.rule, ...roles.policies],
      });
    }
  }
}

/**
 * Where tasks run: the first on Fargate proper, the rest shared between it and Spot.
 *
 * Both providers are always named: a strategy that comes or goes replaces the service, a changed weight does not.
 */
export function capacityStrategy(spotShare: number) {
  const spot = Math.round(spotShare * 100);
  return [
    { capacityProvider: "FARGATE", base: 1, weight: 100 - spot },
    { capacityProvider: "FARGATE_SPOT", weight: spot },
  ];
}

function entranceOf({ contract, edge, environment }: FargateServiceArgs): pulumi.Output<Entrance> {
  if (contract.http.visibility === "public") return edge.public;
  return edge.internal.apply((entrance) => {
    if (entrance) return entrance;
    throw new Error(
      `service "${contract.name}" is internal, but environment ${environment} has no internal load balancer. ` +
        `Set \`edge.internal\` to true in platform.config.ts and bring the edge up, or make the service public.`,
    );
  });
}

/** @throws when Fargate, autoscaling or the load balancer can't have it so, saying what they can */
export function refuseImpossible({ contract, priority }: Pick<FargateServiceArgs, "contract" | "priority">): void {
  const { name, size, scale } = contract;
  if (!isFargateSize(size.cpu, size.memory)) {
    throw new Error(
      `service "${name}": Fargate has no task of ${size.cpu} vCPU and ${size.memory} GiB. ` +
        `Take a pair of its table, for example 0.25 and 0.5, in \`size\` of service.ts.`,
    );
  }
  if (scale.min < 1 || scale.max < scale.min) {
    throw new Error(
      `service "${name}": scale ${scale.min} to ${scale.max}: \`min\` is at least 1, and \`max\` at least \`min\`.`,
    );
  }
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 100 && priority <= 50_000)) {
    throw new Error(`service "${name}": listener rule priority ${priority}: allowed are whole numbers from 100 to 50000.`);
  }
}
