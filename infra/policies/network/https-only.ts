import type { Json, PlannedResource } from "@fairway/resources";
import type { Plan } from "../reading/plan.ts";
import { list, map, maps, text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

/** ELB's policies without TLS 1.2 or newer only: TLS-1-0, TLS-1-1 and what has no version in its name (ALB security policies, 2026-09). */
const OLD_TLS = /^ELBSecurityPolicy-(TLS-1-[01]-|TLS13-1-[01]-|FS-2018|FS-1-1|2015|2016)/;

export const httpsOnly: Policy = {
  name: "https-only",
  title: "Load balancers speak TLS 1.2 or newer, and plain HTTP only to redirect",
  why: "Whoever sits between client and load balancer reads and changes what is not encrypted, cookies included.",
  fix: "Make the listener HTTPS with a policy such as ELBSecurityPolicy-TLS13-1-2-Res-2021-06, or let it redirect to HTTPS.",
  severity: "mandatory",
  check: (plan) => [
    ...plan.each(LISTENER, (listener) => {
      const { defaultActions, sslPolicy } = listener.inputs;
      const protocol = protocolOf(plan, listener);
      if (protocol === "HTTP") return unknown(listener, "defaultActions") ? undefined : plainly("protocol", defaultActions);
      if (protocol !== "HTTPS" && protocol !== "TLS") return undefined;
      // Left out, AWS takes ELBSecurityPolicy-2016-08, which still speaks TLS 1.0.
      const policy = unknown(listener, "sslPolicy")
        ? "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
        : (text(sslPolicy) ?? "ELBSecurityPolicy-2016-08");
      return OLD_TLS.test(policy) ? `sslPolicy is ${policy}, which speaks TLS 1.0 or 1.1` : undefined;
    }),
    ...plan.each("aws:lb/listenerRule:ListenerRule", (rule) => {
      const isPlain = plan.namedBy(rule, "listenerArn", LISTENER).some((listener) => protocolOf(plan, listener) === "HTTP");
      return isPlain && !unknown(rule, "actions") ? plainly("its listener's protocol", rule.inputs.actions) : undefined;
    }),
  ],
};

const LISTENER = "aws:lb/listener:Listener";

/** What a listener speaks; undefined while that is unknown. An application load balancer's speaks HTTP where nothing is said. */
function protocolOf(plan: Plan, listener: PlannedResource): string | undefined {
  if (unknown(listener, "protocol")) return undefined;
  const { inputs, outputs } = listener;
  const given = text(inputs.protocol) ?? text(outputs.protocol);
  if (given !== undefined) return given;
  if (unknown(listener, "port") || inputs.port === undefined) return undefined; // a gateway load balancer's has neither
  const [balancer] = plan.namedBy(listener, "loadBalancerArn", "aws:lb/loadBalancer:LoadBalancer");
  const isApplication = !balancer || (text(balancer.inputs.loadBalancerType) ?? "application") === "application";
  return isApplication ? "HTTP" : undefined;
}

function plainly(what: string, actions: Json | undefined): string | undefined {
  const redirects = list(actions).every((action) => {
    const { type, redirect } = map(action) ?? {};
    return action === null || (type === "redirect" && toHttps(redirect));
  });
  return redirects ? undefined : `${what} is HTTP, and it does more than redirect to HTTPS`;
}

/** Left out, a redirect keeps the protocol of the request, which here is HTTP. */
function toHttps(redirect: Json | undefined): boolean {
  return maps([redirect ?? null].flat()).some(({ protocol }) => protocol === "HTTPS");
}
