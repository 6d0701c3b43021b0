import { maps, text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

/** ELB's policies without TLS 1.2 or newer only: TLS-1-0, TLS-1-1 and what has no version in its name (ALB security policies, 2026-09). */
const OLD_TLS = /^ELBSecurityPolicy-(TLS-1-[01]-|TLS13-1-[01]-|FS-2018|FS-1-1|2015|2016)/;

export const httpsOnly: Policy = {
  name: "https-only",
  title: "Load balancers speak TLS 1.2 or newer, and plain HTTP only to redirect",
  why: "Whoever sits between client and load balancer reads and changes what is not encrypted, cookies included.",
  fix: "Make the listener HTTPS with a policy such as ELBSecurityPolicy-TLS13-1-2-Res-2021-06, or let it redirect to HTTPS.",
  severity: "mandatory",
  check: (plan) =>
    plan.each("aws:lb/listener:Listener", (listener) => {
      const { protocol, defaultActions, sslPolicy } = listener.inputs;
      if (protocol === "HTTP" && !unknown(listener, "defaultActions")) {
        const redirects = maps(defaultActions).every(({ type }) => type === "redirect");
        return redirects ? undefined : "protocol is HTTP, and it does more than redirect";
      }
      if (protocol !== "HTTPS" && protocol !== "TLS") return undefined;
      // Left out, AWS takes ELBSecurityPolicy-2016-08, which still speaks TLS 1.0.
      const policy = unknown(listener, "sslPolicy")
        ? "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
        : (text(sslPolicy) ?? "ELBSecurityPolicy-2016-08");
      return OLD_TLS.test(policy) ? `sslPolicy is ${policy}, which speaks TLS 1.0 or 1.1` : undefined;
    }),
};
