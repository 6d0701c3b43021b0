import type { PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { arnOf, between, oneOf } from "../../rules/text.ts";
import { text } from "../names.ts";
import { checkActions, checkConditions } from "./rules.ts";

const PROTOCOLS = ["HTTP", "HTTPS", "TCP", "UDP", "TCP_UDP", "TLS", "QUIC", "TCP_QUIC", "GENEVE"];

/** Listeners, their rules and further certificates. */
export const listenerModels: Model[] = [
  {
    type: "aws:lb/listener:Listener",
    rules: {
      port: between(1, 65_535),
      protocol: oneOf(...PROTOCOLS),
      loadBalancerArn: arnOf("elasticloadbalancing"),
      certificateArn: arnOf(),
    },
    validate: (inputs, fail) => {
      checkTls(inputs, fail);
      checkActions("defaultActions", inputs.defaultActions, fail);
    },
    id: (making) =>
      `${text(making.inputs, "loadBalancerArn").replace(":loadbalancer/", ":listener/")}/${making.hex("listener", 16)}`,
    outputs: (made) => ({
      arn: made.id,
      ...(isTls(made.inputs) && { sslPolicy: made.inputs.sslPolicy ?? "ELBSecurityPolicy-2016-08" }),
    }),
  },
  {
    type: "aws:lb/listenerRule:ListenerRule",
    rules: { priority: between(1, 50_000), listenerArn: arnOf("elasticloadbalancing") },
    validate: (inputs, fail) => {
      checkActions("actions", inputs.actions, fail);
      checkConditions(inputs.conditions, fail);
    },
    id: (making) => `${text(making.inputs, "listenerArn").replace(":listener/", ":listener-rule/")}/${making.hex("rule", 16)}`,
    outputs: (made) => ({
      arn: made.id,
      priority: made.inputs.priority ?? made.old?.priority ?? 1 + made.number("priority", 50_000),
    }),
  },
  {
    type: "aws:lb/listenerCertificate:ListenerCertificate",
    rules: { listenerArn: arnOf("elasticloadbalancing"), certificateArn: arnOf() },
    id: (making) => `${text(making.inputs, "listenerArn")}_${text(making.inputs, "certificateArn")}`,
  },
];

function isTls(inputs: PropertyMap): boolean {
  return inputs.protocol === "HTTPS" || inputs.protocol === "TLS";
}

function checkTls(inputs: PropertyMap, fail: Fail): void {
  if (isTls(inputs)) {
    if (inputs.certificateArn === undefined)
      fail("certificateArn", `is required for a listener of ${text(inputs, "protocol")}. Set it.`);
    return;
  }
  if (typeof inputs.protocol !== "string") return;
  for (const property of ["certificateArn", "sslPolicy"]) {
    if (inputs[property] !== undefined) fail(property, `is not for a listener of ${inputs.protocol}. Remove it or use HTTPS.`);
  }
}
