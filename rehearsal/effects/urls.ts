import type { Clock } from "@fairway/clock";
import type { Routes } from "./gateway/gateway.ts";
import { literalPrefix, route } from "./gateway/routing.ts";
import { answers } from "./targets/probe.ts";

/** A service that may have an address. */
export interface Addressed {
  urn: string;
  /** Port of a process that serves. */
  port: number | undefined;
  targetGroupArns: ReadonlySet<string>;
  healthPaths: string[];
}

/** Finds where services answer: a path that the gateway routes to them, and that answers 2xx to GET. */
export class Urls {
  private readonly clock: Clock;
  private readonly found = new Map<string, string>();
  /** By URN: not to be asked before; a service without such a path is asked ever less often. */
  private readonly later = new Map<string, { at: number; pause: number }>();
  private asking = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  path(urn: string): string | undefined {
    return this.found.get(urn);
  }

  /** Routes changed, or the service went: what was found may no longer hold. */
  forget(urn?: string): void {
    for (const known of [this.found, this.later]) {
      if (urn === undefined) known.clear();
      else known.delete(urn);
    }
  }

  /** Asks processes directly, not through the gateway, whose metrics count users' requests only. */
  async find(services: readonly Addressed[], routes: Routes): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      for (const service of services) await this.findOne(service, routes);
    } finally {
      this.asking = false;
    }
  }

  private async findOne(service: Addressed, routes: Routes): Promise<void> {
    const { urn, port } = service;
    const later = this.later.get(urn);
    if (port === undefined || this.found.has(urn) || (later && this.clock.now() < later.at)) return;
    for (const path of candidates(service, routes)) {
      if (!(await answers(port, path))) continue;
      this.found.set(urn, path);
      return;
    }
    const pause = Math.min(60_000, (later?.pause ?? 500) * 2);
    this.later.set(urn, { at: this.clock.now() + pause, pause });
  }
}

/** The literal parts of rules' patterns, the health checks' paths and `/`, as far as the gateway routes them to the service. */
export function candidates(service: Pick<Addressed, "targetGroupArns" | "healthPaths">, routes: Routes): string[] {
  const conditions = routes.rules.flatMap((rule) => rule.conditions);
  const patterns = conditions.flatMap((condition) => (condition.field === "path-pattern" ? condition.patterns : []));
  const host = routes.loadBalancer.dnsName.toLowerCase();
  return [...new Set([...patterns.map(literalPrefix), ...service.healthPaths, "/"])].filter((url) => {
    const request = { method: "GET", url, host, headers: {}, sourceIp: "127.0.0.1" };
    const action = route(request, routes.rules, routes.listener.defaultActions).at(-1);
    return url.startsWith("/") && action?.kind === "forward" && action.groups.some((one) => service.targetGroupArns.has(one.arn));
  });
}
