import type { JsonMap, PlannedResource } from "@fairway/resources";

/** A planned resource for tests: managed, in project "shop" of production, unless said otherwise. */
export function resource(
  type: string,
  name: string,
  inputs: JsonMap = {},
  change: Partial<PlannedResource> = {},
): PlannedResource {
  const { project = "shop", stack = "production" } = change;
  return {
    urn: `urn:pulumi:${stack}::${project}::${type}::${name}`,
    type,
    name,
    project,
    stack,
    custom: true,
    external: false,
    inputs,
    outputs: {},
    secrets: [],
    unknowns: [],
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    known: "modelled",
    ...change,
  };
}

/** A Fargate service of `count` tasks and the definition that gives their size. */
export function fargate(name: string, count: number, definition: JsonMap, service: JsonMap = {}): PlannedResource[] {
  const arn = `arn:aws:ecs:us-east-1:111111111111:task-definition/${name}:1`;
  return [
    resource("aws:ecs/taskDefinition:TaskDefinition", name, definition, { outputs: { arn } }),
    resource("aws:ecs/service:Service", name, { name, desiredCount: count, taskDefinition: arn, ...service }),
  ];
}
