import { list, map, text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { annotations } from "./ingress.ts";

export const oneEdge: Policy = {
  name: "one-edge",
  title: "What runs is reached through the edge, not past it",
  why: "A load balancer or public address of a workload's own has no firewall, access log, probe or SLO of ours.",
  fix: "Register behind the edge: a target group and listener rule, on Kubernetes through a TargetGroupBinding to a ClusterIP service.",
  severity: "mandatory",
  check: (plan) => [
    ...plan.each("kubernetes:core/v1:Service", (service) => {
      const spec = map(service.inputs.spec) ?? {};
      if (unknown(service, "spec.type")) return undefined;
      const type = text(spec.type) ?? "ClusterIP";
      if (type === "NodePort") return "spec.type is NodePort: it opens a port on every node";
      if (type !== "LoadBalancer")
        return list(spec.externalIPs).length > 0 ? "spec.externalIPs takes traffic past the edge" : undefined;
      const scheme = text(annotations(service)["service.beta.kubernetes.io/aws-load-balancer-scheme"]);
      return scheme === "internal" ? undefined : "spec.type is LoadBalancer: it makes a load balancer of its own";
    }),
    ...plan.each("kubernetes:networking.k8s.io/v1:Ingress", () => "an Ingress makes a load balancer of its own"),
    ...plan.each("aws:ecs/service:Service", (service) =>
      map(service.inputs.networkConfiguration)?.assignPublicIp === true
        ? "networkConfiguration.assignPublicIp is true: each task has a public address"
        : undefined,
    ),
    ...plan.each("aws:lambda/functionUrl:FunctionUrl", (url) =>
      url.inputs.authorizationType === "NONE" ? "authorizationType is NONE: everybody may call it" : undefined,
    ),
  ],
};
