import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock, Timer } from "@fairway/clock";
import type { Target, TargetGroup } from "../targets/target-group.ts";
import type { Action, Listener, ListenerRule, LoadBalancer } from "../world/load-balancers.ts";
import { answerFixed, answerRedirect, type Reason, refuse, statusOf } from "./answers.ts";
import { forward, type ForwardResult } from "./forward.ts";
import { sourceAddress } from "./headers.ts";
import { MetricsStore } from "./metrics.ts";
import { portHolder } from "./port-holder.ts";
import { route } from "./routing.ts";
import { passUpgrade, refuseUpgrade } from "./upgrade.ts";

/** The one listener of a load balancer that a gateway stands for. */
export interface Routes {
  loadBalancer: LoadBalancer;
  listener: Listener;
  rules: ListenerRule[];
}

export interface GatewayOptions {
  environment: string;
  port: number;
  clock: Clock;
  groups: (arn: string) => TargetGroup | undefined;
  /** In [0, 1), for weights. */
  random: () => number;
}

/** An environment's public load balancer, on a loopback port. */
export class Gateway {
  readonly metrics = new MetricsStore();
  private readonly options: GatewayOptions;
  private readonly server: Server;
  private routes: Routes | undefined;
  private hosts: Timer | undefined;

  constructor(options: GatewayOptions) {
    this.options = options;
    this.server = createServer({ maxHeaderSize: 64 * 1024, requestTimeout: 0 }, (request, response) => {
      void this.answer(request, response);
    });
    this.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      void this.upgrade(request, socket, head);
    });
    this.idle(60_000);
  }

  get address(): string {
    return `http://127.0.0.1:${this.options.port}`;
  }

  declare(routes: Routes | undefined): void {
    this.routes = routes;
    if (routes) this.idle(routes.loadBalancer.idleTimeout);
  }

  idleTimeout(): number {
    return this.routes?.loadBalancer.idleTimeout ?? 60_000;
  }

  /** @throws when the port is taken, naming the holder. */
  async listen(): Promise<void> {
    const { port, environment, clock } = this.options;
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EADDRINUSE") return reject(error);
        const holder = portHolder(port) ?? "another process";
        reject(
          new Error(
            `port ${port} on 127.0.0.1, for the load balancer of ${environment}, is held by ${holder}. ` +
              `Stop it, or choose another port with --port ${environment}=PORT.`,
          ),
        );
      });
      this.server.listen(port, "127.0.0.1", resolve);
    });
    this.hosts = clock.every(10_000, () => this.countHosts());
  }

  /** Takes no new connections; those with a request in flight stay until {@link close}. */
  stopAccepting(): void {
    this.hosts?.cancel();
    this.server.close();
    this.server.closeIdleConnections();
  }

  async close(): Promise<void> {
    this.hosts?.cancel();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    const routes = this.routes;
    if (!routes) return refuse(response, "no-load-balancer");
    const action = this.action(request, routes);
    switch (action?.kind) {
      case "fixed-response":
        return answerFixed(response, action);
      case "redirect":
        return answerRedirect(request, response, action, routes.listener);
      case "forward":
        return this.pass(request, response, action, routes);
      default:
        return refuse(response, "unsupported-action");
    }
  }

  private async pass(request: IncomingMessage, response: ServerResponse, action: Forward, routes: Routes): Promise<void> {
    const group = this.group(action);
    const target = group?.pick() ?? "no-targets";
    if (!group || typeof target === "string") {
      const reason = typeof target === "string" ? target : "no-targets";
      refuse(response, reason);
      return this.countRefusal(routes, reason);
    }
    group.began(target);
    const result = await forward(request, response, target, routes.listener);
    group.ended(target);
    this.count(routes, group, result);
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const routes = this.routes;
    const action = routes && this.action(request, routes);
    if (!routes || action?.kind !== "forward") return refuseUpgrade(socket, 501, "unsupported-upgrade");
    const group = this.group(action);
    const target: Target | Reason = group?.pick() ?? "no-targets";
    if (!group || typeof target === "string") return refuseUpgrade(socket, 503, String(target));
    group.began(target);
    await passUpgrade(request, socket, head, target, routes.listener);
    group.ended(target);
  }

  private action(request: IncomingMessage, routes: Routes): Action | undefined {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);
    const actions = route(
      {
        method: request.method ?? "GET",
        url: request.url ?? "/",
        // Nobody can send the load balancer's real name to this machine without saying so, so loopback stands for it.
        host: loopback ? routes.loadBalancer.dnsName.toLowerCase() : host,
        headers: request.headers,
        sourceIp: sourceAddress(request),
      },
      routes.rules,
      routes.listener.defaultActions,
    );
    return actions.find((action) => action.kind === "unsupported") ?? actions.at(-1);
  }

  /** By weight. A group without targets keeps its share: ALB does not fail over between groups either. */
  private group(action: Forward): TargetGroup | undefined {
    const total = action.groups.reduce((sum, group) => sum + group.weight, 0);
    let left = this.options.random() * total;
    const chosen = action.groups.find((group) => (left -= group.weight) < 0);
    return chosen && this.options.groups(chosen.arn);
  }

  private count(routes: Routes, group: TargetGroup, result: ForwardResult): void {
    const now = this.options.clock.now();
    const both = { loadBalancer: routes.loadBalancer.suffix, targetGroup: group.settings.suffix };
    this.metrics.record("RequestCount", both, 1, now);
    if (result.status !== undefined) {
      const family = Math.floor(result.status / 100) as 2 | 3 | 4 | 5;
      this.metrics.record(`HTTPCode_Target_${family}XX_Count`, both, 1, now);
      this.metrics.record("TargetResponseTime", both, result.responseTime ?? 0, now);
    }
    if (result.reason === "target-connection-refused") this.metrics.record("TargetConnectionErrorCount", both, 1, now);
    if (result.reason !== undefined && result.status === undefined) this.countRefusal(routes, result.reason);
  }

  private countRefusal(routes: Routes, reason: Reason): void {
    const now = this.options.clock.now();
    const own = { loadBalancer: routes.loadBalancer.suffix };
    const status = statusOf[reason];
    this.metrics.record("HTTPCode_ELB_5XX_Count", own, 1, now);
    if (status !== 501) this.metrics.record(`HTTPCode_ELB_${status}_Count`, own, 1, now);
  }

  private countHosts(): void {
    const routes = this.routes;
    if (!routes) return;
    const actions = [routes.listener.defaultActions, ...routes.rules.map((rule) => rule.actions)].flat();
    const arns = new Set(actions.flatMap((action) => (action.kind === "forward" ? action.groups.map((group) => group.arn) : [])));
    for (const arn of arns) {
      const group = this.options.groups(arn);
      if (!group) continue;
      const dimensions = { loadBalancer: routes.loadBalancer.suffix, targetGroup: group.settings.suffix };
      const healthy = group.targets().filter((target) => !target.draining && target.health.status === "healthy").length;
      const unhealthy = group.targets().filter((target) => !target.draining && target.health.status === "unhealthy").length;
      const now = this.options.clock.now();
      this.metrics.record("HealthyHostCount", dimensions, healthy, now);
      this.metrics.record("UnHealthyHostCount", dimensions, unhealthy, now);
    }
  }

  private idle(milliseconds: number): void {
    this.server.keepAliveTimeout = milliseconds;
    this.server.headersTimeout = milliseconds;
    // A little over the idle timeout towards targets, so that a silent target is answered with 504 before the client is cut.
    this.server.timeout = milliseconds + 1000;
  }
}

type Forward = Extract<Action, { kind: "forward" }>;
