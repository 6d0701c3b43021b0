import type { PropertyMap, ResourceState } from "@fairway/engine";
import { fileURLToPath } from "node:url";

/** Folder of the tests' own service. */
export const bundleFolder = fileURLToPath(new URL("./bundle", import.meta.url));

export const digest = `sha256:${"a".repeat(64)}`;

const account = "eu-west-1:111122223333";
const loadBalancerArn = `arn:aws:elasticloadbalancing:${account}:loadbalancer/app/edge/50dc6c495c0c9188`;
const listenerArn = `arn:aws:elasticloadbalancing:${account}:listener/app/edge/50dc6c495c0c9188/f2f7dc8efc522ab2`;

/** What {@link stack} varies. */
export interface StackOptions {
  service?: string;
  revision?: number;
  /** Environment of the container. */
  environment?: Record<string, string>;
  desired?: number;
  healthCheck?: PropertyMap;
  deregistrationDelay?: number;
  idleTimeout?: number;
  breaker?: boolean;
  deadline?: string;
  grace?: number;
  image?: string;
  stopTimeout?: number;
}

/** A load balancer with one rule `/app*` that leads to one ECS service, as the AWS provider puts them in state. */
export function stack(options: StackOptions = {}): ResourceState[] {
  return [...edge(options), targetGroup(options), rule(options), taskDefinition(options), service(options)];
}

export function edge({ idleTimeout = 60 }: StackOptions = {}): ResourceState[] {
  const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "edge", {
    arn: loadBalancerArn,
    arnSuffix: "app/edge/50dc6c495c0c9188",
    dnsName: "edge-1234567890.eu-west-1.elb.amazonaws.com",
    internal: false,
    idleTimeout,
  });
  const notFound = { contentType: "text/plain", messageBody: "no such path", statusCode: "404" };
  const listener = resource("aws:lb/listener:Listener", "https", {
    arn: listenerArn,
    loadBalancerArn,
    port: 443,
    protocol: "HTTPS",
    defaultActions: [{ type: "fixed-response", order: 1, fixedResponse: notFound }],
  });
  return [balancer, listener];
}

export function rule({ service = "app" }: StackOptions = {}): ResourceState {
  return resource("aws:lb/listenerRule:ListenerRule", service, {
    arn: `${listenerArn.replace(":listener/", ":listener-rule/")}/${service}`,
    listenerArn,
    priority: 100,
    conditions: [{ pathPattern: { values: [`/${service}`, `/${service}/*`] } }],
    actions: [{ type: "forward", targetGroupArn: targetGroupArn(service) }],
  });
}

/** Checked every second and waited for longer, which ALB takes neither of: tests are quick, also on a busy machine. */
export function targetGroup(options: StackOptions = {}): ResourceState {
  const { service = "app", deregistrationDelay = 10 } = options;
  const healthCheck = { path: "/healthz", interval: 1, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 2, matcher: "200" };
  return resource("aws:lb/targetGroup:TargetGroup", service, {
    arn: targetGroupArn(service),
    arnSuffix: `targetgroup/${service}/73e2d6bc24d8a067`,
    name: service,
    deregistrationDelay,
    healthCheck: { ...healthCheck, ...options.healthCheck },
  });
}

export function taskDefinition(options: StackOptions = {}): ResourceState {
  const { service = "app", revision = 1, environment = {}, stopTimeout = 30 } = options;
  const variables = { VERSION: String(revision), ...environment };
  const container = {
    name: service,
    image: options.image ?? `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${service}@${digest}`,
    essential: true,
    environment: Object.entries(variables).map(([name, value]) => ({ name, value })),
    stopTimeout,
  };
  const arn = taskDefinitionArn(service, revision);
  const containerDefinitions = JSON.stringify([container]);
  // As with the real provider, the id is the family: revisions share it.
  return resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    service,
    { arn, family: service, revision, containerDefinitions },
    service,
  );
}

export function service(options: StackOptions = {}): ResourceState {
  const { service: name = "app", revision = 1, desired = 2, breaker = true, deadline = "1m", grace = 0 } = options;
  return resource("aws:ecs/service:Service", name, {
    name,
    cluster: `arn:aws:ecs:${account}:cluster/main`,
    desiredCount: desired,
    taskDefinition: taskDefinitionArn(name, revision),
    deploymentMinimumHealthyPercent: 100,
    deploymentMaximumPercent: 200,
    deploymentCircuitBreaker: { enable: breaker, rollback: breaker },
    healthCheckGracePeriodSeconds: grace,
    loadBalancers: [{ targetGroupArn: targetGroupArn(name), containerName: name, containerPort: 8080 }],
    tags: { "fairway:deadline": deadline },
  });
}

export function taskDefinitionArn(service: string, revision: number): string {
  return `arn:aws:ecs:${account}:task-definition/${service}:${revision}`;
}

export function resource(type: string, name: string, outputs: PropertyMap, id = String(outputs.arn ?? name)): ResourceState {
  const urn = `urn:pulumi:staging::test::${type}::${name}`;
  return {
    urn,
    type,
    name,
    custom: true,
    id,
    inputs: {},
    outputs,
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    protect: false,
    retainOnDelete: false,
    deletedWith: "",
    external: false,
    delete: false,
    pendingReplacement: false,
    aliases: [],
    additionalSecretOutputs: [],
    generation: 0,
  };
}

function targetGroupArn(service: string): string {
  return `arn:aws:elasticloadbalancing:${account}:targetgroup/${service}/73e2d6bc24d8a067`;
}
