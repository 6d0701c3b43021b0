import { map, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

export const deploymentUndo: Policy = {
  name: "deployment-undo",
  title: "A deployment of tasks that don't start is undone by ECS itself",
  why: "Without the circuit breaker ECS starts a broken task again for ever, and nobody is told.",
  fix: "Set deploymentCircuitBreaker to {enable: true, rollback: true}.",
  severity: "mandatory",
  check: (plan) =>
    plan.each("aws:ecs/service:Service", (service) => {
      // Blue/green, linear and canary deployments are watched by their alarms and hooks; the breaker is for rolling ones.
      const strategy = map(service.inputs.deploymentConfiguration)?.strategy ?? "ROLLING";
      // CodeDeploy and other controllers undo by themselves; ECS refuses the breaker beside them.
      const controller = map(service.inputs.deploymentController)?.type ?? "ECS";
      if (controller !== "ECS" || unknown(service, "deploymentController")) return undefined;
      if (strategy !== "ROLLING" || unknown(service, "deploymentCircuitBreaker")) return undefined;
      const { enable, rollback } = map(service.inputs.deploymentCircuitBreaker) ?? {};
      return enable === true && rollback === true ? undefined : "deploymentCircuitBreaker does not roll back";
    }),
};
