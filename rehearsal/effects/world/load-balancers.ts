import { flag, list, nested, numeric, type PlainMap, text, texts } from "./values.ts";

/** A load balancer as its resource declares it; times in milliseconds. */
export interface LoadBalancer {
  arn: string;
  /** `app/name/id`, the dimension of its metrics. */
  suffix: string;
  dnsName: string;
  internal: boolean;
  idleTimeout: number;
}

export interface Listener {
  arn: string;
  loadBalancerArn: string;
  port: number;
  protocol: string;
  defaultActions: Action[];
}

export interface ListenerRule {
  arn: string;
  listenerArn: string;
  /** The lowest is tried first. */
  priority: number;
  conditions: Condition[];
  actions: Action[];
}

/** A condition holds when one of its values does. */
export type Condition =
  | { field: "path-pattern" | "host-header"; patterns: string[]; regexes: string[] }
  | { field: "http-header"; name: string; patterns: string[]; regexes: string[] }
  | { field: "http-request-method"; methods: string[] }
  | { field: "query-string"; pairs: { key?: string; value: string }[] }
  | { field: "source-ip"; ranges: string[] };

export type Action =
  | { kind: "forward"; groups: { arn: string; weight: number }[] }
  | { kind: "fixed-response"; status: number; contentType: string; body: string }
  | { kind: "redirect"; status: number; protocol: string; host: string; port: string; path: string; query: string }
  | { kind: "unsupported"; name: string };

export interface TargetGroup {
  arn: string;
  /** `targetgroup/name/id`, the dimension of its metrics. */
  suffix: string;
  name: string;
  deregistrationDelay: number;
  /** Below this many healthy targets the group is routed to as a whole, unhealthy ones too ("fail open"). */
  minimumHealthyTargets: number;
  health: HealthCheck;
}

export interface HealthCheck {
  path: string;
  interval: number;
  timeout: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  /** Status codes that mean healthy: `200`, `200,202`, `200-299`. */
  matcher: string;
}

export function readLoadBalancer(from: PlainMap): LoadBalancer {
  return {
    arn: text(from.arn),
    suffix: text(from.arnSuffix, text(from.arn).split(":loadbalancer/")[1] ?? ""),
    dnsName: text(from.dnsName),
    internal: flag(from.internal, false),
    idleTimeout: numeric(from.idleTimeout, 60) * 1000,
  };
}

export function readListener(from: PlainMap): Listener {
  return {
    arn: text(from.arn),
    loadBalancerArn: text(from.loadBalancerArn),
    port: numeric(from.port, 80),
    protocol: text(from.protocol, "HTTP").toUpperCase(),
    defaultActions: readActions(from.defaultActions),
  };
}

export function readListenerRule(from: PlainMap): ListenerRule {
  return {
    arn: text(from.arn),
    listenerArn: text(from.listenerArn),
    priority: numeric(from.priority, Number.MAX_SAFE_INTEGER),
    conditions: list(from.conditions).flatMap(readConditions),
    actions: readActions(from.actions),
  };
}

/** Defaults are ALB's for HTTP target groups: every 30 s, 5 s, 5 successes, 2 failures, 200, drain 300 s. */
export function readTargetGroup(from: PlainMap): TargetGroup {
  const check = nested(from.healthCheck) ?? {};
  const routing = nested(nested(from.targetGroupHealth)?.unhealthyStateRouting);
  return {
    arn: text(from.arn),
    suffix: text(from.arnSuffix, text(from.arn).split(":").at(-1)),
    name: text(from.name),
    deregistrationDelay: numeric(from.deregistrationDelay, 300) * 1000,
    minimumHealthyTargets: numeric(routing?.minimumHealthyTargetsCount, 1),
    health: {
      path: text(check.path, "/"),
      interval: numeric(check.interval, 30) * 1000,
      timeout: numeric(check.timeout, 5) * 1000,
      healthyThreshold: numeric(check.healthyThreshold, 5),
      unhealthyThreshold: numeric(check.unhealthyThreshold, 2),
      matcher: text(check.matcher, "200") || "200",
    },
  };
}

function readActions(from: PlainMap[string] | undefined): Action[] {
  const ordered = list(from).map((action, index) => ({ action, order: numeric(action.order, index + 1) }));
  return ordered.sort((a, b) => a.order - b.order).map(({ action }) => readAction(action));
}

function readAction(action: PlainMap): Action {
  const kind = text(action.type);
  if (kind === "forward") return { kind, groups: readForward(action) };
  if (kind === "fixed-response") {
    const response = nested(action.fixedResponse) ?? {};
    return {
      kind,
      status: numeric(response.statusCode, 200),
      contentType: text(response.contentType, "text/plain"),
      body: text(response.messageBody),
    };
  }
  if (kind === "redirect") {
    const redirect = nested(action.redirect) ?? {};
    return {
      kind,
      status: text(redirect.statusCode) === "HTTP_302" ? 302 : 301,
      protocol: text(redirect.protocol) || "#{protocol}",
      host: text(redirect.host) || "#{host}",
      port: text(redirect.port) || "#{port}",
      path: text(redirect.path) || "/#{path}",
      query: text(redirect.query, "#{query}"),
    };
  }
  return { kind: "unsupported", name: kind };
}

function readForward(action: PlainMap): { arn: string; weight: number }[] {
  const weighted = list(nested(action.forward)?.targetGroups);
  if (weighted.length > 0) return weighted.map((group) => ({ arn: text(group.arn), weight: numeric(group.weight, 1) }));
  return [{ arn: text(action.targetGroupArn), weight: 1 }];
}

function readConditions(from: PlainMap): Condition[] {
  const found: Condition[] = [];
  const path = nested(from.pathPattern);
  if (path) found.push({ field: "path-pattern", patterns: texts(path.values), regexes: texts(path.regexValues) });
  const host = nested(from.hostHeader);
  if (host) found.push({ field: "host-header", patterns: texts(host.values), regexes: texts(host.regexValues) });
  const header = nested(from.httpHeader);
  if (header) {
    const name = text(header.httpHeaderName).toLowerCase();
    found.push({ field: "http-header", name, patterns: texts(header.values), regexes: texts(header.regexValues) });
  }
  const method = nested(from.httpRequestMethod);
  if (method) found.push({ field: "http-request-method", methods: texts(method.values) });
  const queries = list(from.queryStrings);
  if (queries.length > 0) found.push({ field: "query-string", pairs: queries.map(readPair) });
  const source = nested(from.sourceIp);
  if (source) found.push({ field: "source-ip", ranges: texts(source.values) });
  return found;
}

function readPair(from: PlainMap): { key?: string; value: string } {
  const key = text(from.key);
  return key === "" ? { value: text(from.value) } : { key, value: text(from.value) };
}
