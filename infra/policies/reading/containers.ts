import type { JsonMap, PlannedResource } from "@fairway/resources";
import { map, maps, parsed, text, unknown } from "./values.ts";

export const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";

/** A container of an ECS task or of a pod, as its own API writes it. */
export interface Container {
  /** What it is called, for messages. */
  name: string;
  /** Where it stands in its resource, for unknowns. */
  path: string;
  definition: JsonMap;
}

/** The containers of a task definition; none while its document is unknown. */
export function taskContainers(resource: PlannedResource): Container[] {
  if (unknown(resource, "containerDefinitions")) return [];
  return maps(parsed(resource.inputs.containerDefinitions)).map((definition, index) => ({
    name: text(definition.name) ?? String(index + 1),
    path: `containerDefinitions[${index}]`,
    definition,
  }));
}

/** The pods that an object of Kubernetes makes. */
export interface Pods {
  resource: PlannedResource;
  kind: string;
  /** Where the pods' spec stands in the object. */
  path: string;
  spec: JsonMap;
  labels: JsonMap;
  namespace: string;
  containers: Container[];
  /** Containers that run first and end; those that stay beside the others are among `containers`. */
  initContainers: Container[];
}

/** Where each kind keeps its pods. */
const TEMPLATES: Record<string, string[]> = {
  "kubernetes:core/v1:Pod": [],
  "kubernetes:core/v1:PodTemplate": ["template"],
  "kubernetes:core/v1:ReplicationController": ["spec", "template"],
  "kubernetes:apps/v1:Deployment": ["spec", "template"],
  "kubernetes:apps/v1:StatefulSet": ["spec", "template"],
  "kubernetes:apps/v1:DaemonSet": ["spec", "template"],
  "kubernetes:apps/v1:ReplicaSet": ["spec", "template"],
  "kubernetes:batch/v1:Job": ["spec", "template"],
  "kubernetes:batch/v1:CronJob": ["spec", "jobTemplate", "spec", "template"],
};

export const POD_MAKERS = Object.keys(TEMPLATES);

/** The pods of an object; undefined when it makes none, or when they are unknown as a whole. */
export function podsOf(resource: PlannedResource): Pods | undefined {
  const template = TEMPLATES[resource.type];
  if (template === undefined) return undefined;
  const path = [...template, "spec"].join(".");
  const pod = template.reduce<JsonMap | undefined>((here, key) => map(here?.[key]), resource.inputs);
  const spec = map(pod?.spec);
  if (!spec) return undefined;
  const init = containers(spec.initContainers, `${path}.initContainers`);
  const stays = ({ definition }: Container) => definition.restartPolicy === "Always"; // a sidecar, since Kubernetes 1.29
  return {
    resource,
    kind: resource.type.split(":").at(-1)!,
    path,
    spec,
    labels: map(map(pod?.metadata)?.labels) ?? {},
    namespace: text(map(resource.inputs.metadata)?.namespace) ?? "default",
    containers: [...containers(spec.containers, `${path}.containers`), ...init.filter(stays)],
    initContainers: init.filter((container) => !stays(container)),
  };
}

function containers(value: JsonMap[string] | undefined, path: string): Container[] {
  return (Array.isArray(value) ? value : []).flatMap((each, index) => {
    const definition = map(each);
    return definition ? [{ name: text(definition.name) ?? String(index + 1), path: `${path}[${index}]`, definition }] : [];
  });
}
