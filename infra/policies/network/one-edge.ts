import { list, map, maps, text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { annotations, publicLoadBalancers } from "./ingress.ts";

/** The project that has the load balancers which face the internet. */
const EDGE = "edge";

const API_GATEWAYS = ["aws:apigatewayv2/api:Api", "aws:apigateway/restApi:RestApi"];

/** Gateways, and the routes that hang on them. */
const GATEWAY_API = /^kubernetes:gateway\.networking\.k8s\.io\/[^:]+:(Gateway|[A-Za-z]+Route)$/;

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
    ...plan.resources
      .filter(({ type, external }) => !external && GATEWAY_API.test(type))
      .map((resource) => ({
        resource,
        message: `a ${resource.type.split(":").at(-1)} of the Gateway API makes, or is reached through, a load balancer of its own`,
      })),
    ...publicLoadBalancers(plan)
      .filter(({ project, external }) => project !== EDGE && !external)
      .map((resource) => ({ resource, message: `internal is not true: a public load balancer belongs to project ${EDGE}` })),
    ...plan.each(API_GATEWAYS, (api) => {
      const { endpointConfiguration, disableExecuteApiEndpoint } = api.inputs;
      const isPrivate =
        list(map(endpointConfiguration)?.types).includes("PRIVATE") || map(endpointConfiguration)?.types === "PRIVATE";
      if (isPrivate || disableExecuteApiEndpoint === true) return undefined;
      if (unknown(api, "endpointConfiguration", "disableExecuteApiEndpoint")) return undefined;
      return "an API of API Gateway has a public address of its own";
    }),
    ...plan.each(["aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest"], ({ inputs }) =>
      inputs.associatePublicIpAddress === true ? "associatePublicIpAddress is true: it has a public address" : undefined,
    ),
    ...plan.each("aws:ec2/launchTemplate:LaunchTemplate", ({ inputs }) =>
      maps(inputs.networkInterfaces).some(({ associatePublicIpAddress: open }) => open === true || open === "true")
        ? "networkInterfaces.associatePublicIpAddress is true: each instance has a public address"
        : undefined,
    ),
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
