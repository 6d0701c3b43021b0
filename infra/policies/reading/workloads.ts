import type { Finding } from "../types.ts";
import { type Container, POD_MAKERS, type Pods, podsOf, TASK_DEFINITION, taskContainers } from "./containers.ts";
import type { Plan } from "./plan.ts";

/** What is wrong with each container of each ECS task. */
export function eachTaskContainer(plan: Plan, judge: (container: Container) => string | undefined): Finding[] {
  return plan.each(TASK_DEFINITION, (task) =>
    taskContainers(task).flatMap((container) => {
      const message = judge(container);
      return message === undefined ? [] : [`container ${container.name}: ${message}`];
    }),
  );
}

/** What is wrong with the pods of each object that makes some. */
export function eachPods(plan: Plan, judge: (pods: Pods) => string | string[] | undefined): Finding[] {
  return plan.each(POD_MAKERS, (resource) => {
    const pods = podsOf(resource);
    return pods && judge(pods);
  });
}

/** What is wrong with each container of each pod, those that run first included. */
export function eachPodContainer(plan: Plan, judge: (container: Container, pods: Pods) => string | undefined): Finding[] {
  return eachPods(plan, (pods) =>
    [...pods.containers, ...pods.initContainers].flatMap((container) => {
      const message = judge(container, pods);
      return message === undefined ? [] : [`container ${container.name}: ${message}`];
    }),
  );
}
