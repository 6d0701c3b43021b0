import { isMap, type PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { between, oneOf, show, text } from "../../rules/text.ts";
import { arn, text as textOf } from "../names.ts";
import { loadBalancerName } from "./rules.ts";

/** Target groups. Limits: Elastic Load Balancing API reference, CreateTargetGroup and TargetGroupAttribute. */
export const targetGroupModel: Model = {
  type: "aws:lb/targetGroup:TargetGroup",
  autoName: { property: "name", max: 32 },
  defaults: { targetType: "instance", deregistrationDelay: 300, slowStart: 0 },
  rules: {
    name: loadBalancerName,
    namePrefix: text({ max: 6, pattern: /^[A-Za-z0-9][A-Za-z0-9-]*$/, allowed: "letters, digits and hyphens" }),
    port: between(1, 65_535),
    protocol: oneOf("HTTP", "HTTPS", "TCP", "UDP", "TCP_UDP", "TLS", "QUIC", "TCP_QUIC", "GENEVE"),
    protocolVersion: oneOf("HTTP1", "HTTP2", "GRPC"),
    targetType: oneOf("instance", "ip", "lambda", "alb"),
    deregistrationDelay: between(0, 3600, "seconds"),
    slowStart: (value, inputs) => (value === 0 ? undefined : between(30, 900, "seconds, or 0")(value, inputs)),
    loadBalancingAlgorithmType: oneOf("round_robin", "least_outstanding_requests", "weighted_random"),
  },
  validate: (inputs, fail) => {
    if (inputs.targetType !== "lambda") {
      for (const property of ["port", "protocol", "vpcId"]) {
        if (inputs[property] === undefined)
          fail(property, `is required for targets of type ${textOf(inputs, "targetType")}. Set it.`);
      }
    }
    if (isMap(inputs.healthCheck)) checkHealthCheck(inputs.healthCheck, fail);
  },
  id: (making) =>
    arn(making.place, "elasticloadbalancing", `targetgroup/${textOf(making.inputs, "name")}/${making.hex("target group", 16)}`),
  outputs: (made) => ({
    arn: made.id,
    arnSuffix: made.id.slice(made.id.indexOf("targetgroup/")),
    healthCheck: { ...HEALTH_CHECK, ...(isMap(made.inputs.healthCheck) ? made.inputs.healthCheck : {}) },
    ipAddressType: made.inputs.ipAddressType ?? "ipv4",
    loadBalancerArns: [],
    loadBalancingAlgorithmType: made.inputs.loadBalancingAlgorithmType ?? "round_robin",
    protocolVersion: made.inputs.protocolVersion ?? "HTTP1",
  }),
};

/** What AWS checks when the program does not say, for HTTP targets. */
const HEALTH_CHECK: PropertyMap = {
  enabled: true,
  healthyThreshold: 5,
  interval: 30,
  matcher: "200",
  path: "/",
  port: "traffic-port",
  protocol: "HTTP",
  timeout: 5,
  unhealthyThreshold: 2,
};

function checkHealthCheck(check: PropertyMap, fail: Fail): void {
  limit("interval", 5, 300);
  limit("timeout", 2, 120);
  limit("healthyThreshold", 2, 10);
  limit("unhealthyThreshold", 2, 10);
  const { path, interval, timeout, matcher } = check;
  if (typeof path === "string" && !/^\/.{0,1023}$/.test(path)) {
    fail("healthCheck.path", `${show(path)} is not a path. Begin it with / and keep it to 1024 characters.`);
  }
  if (typeof interval === "number" && typeof timeout === "number" && timeout >= interval) {
    fail("healthCheck.timeout", `${timeout} s is not below the interval of ${interval} s. Shorten it.`);
  }
  if (typeof matcher === "string" && !/^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*$/.test(matcher)) {
    fail("healthCheck.matcher", `${show(matcher)} is not a set of statuses. Write it as in 200 or 200-299,301.`);
  }

  function limit(property: string, min: number, max: number) {
    const value = check[property];
    const reason = typeof value === "number" ? between(min, max)(value, check) : undefined;
    if (reason) fail(`healthCheck.${property}`, reason);
  }
}
