import { join } from "node:path";
import type { ResourceState } from "@fairway/engine";
import { Records } from "./ecs/records.ts";
import { ServiceRunner } from "./ecs/service-runner.ts";
import { Gateway, type Routes } from "./gateway/gateway.ts";
import { TargetGroup } from "./targets/target-group.ts";
import { ServiceLog } from "./tasks/log.ts";
import type { ProcessTable } from "./tasks/process-table.ts";
import type { Drift, EffectsOptions, EnvironmentStatus, LogLine, LogQuery, ServiceDeployment } from "./types.ts";
import { Urls } from "./urls.ts";
import type { SecretValues } from "./world/secrets.ts";
import type { Service, TaskDefinition } from "./world/services.ts";
import { type Declared, isActedOn, World } from "./world/world.ts";

/** One environment: its resources, and what runs because of them. */
export class Environment {
  readonly name: string;
  readonly gateway: Gateway | undefined;
  private readonly options: EffectsOptions;
  private readonly table: ProcessTable;
  private readonly world = new World();
  private readonly records: Records;
  private readonly groups = new Map<string, TargetGroup>();
  private readonly runners = new Map<string, ServiceRunner>();
  private readonly retiring = new Map<ServiceRunner, Promise<void>>();
  private readonly logs = new Map<string, ServiceLog>();
  /** Every one seen: a service may go back to one that left the state. */
  private readonly definitions = new Map<string, TaskDefinition>();
  private readonly urls: Urls;
  private readonly waiters = new Set<() => void>();
  private secrets: SecretValues = { secrets: new Map(), parameters: new Map() };
  private routes: Routes | undefined;
  private started = false;
  private listening: Promise<void> | undefined;

  constructor(name: string, options: EffectsOptions, table: ProcessTable) {
    this.name = name;
    this.options = options;
    this.table = table;
    this.urls = new Urls(options.clock);
    this.records = new Records(join(options.folder, "services"));
    const port = options.ports[name];
    const groups = (arn: string) => this.groups.get(arn);
    if (port !== undefined) {
      this.gateway = new Gateway({ environment: name, port, clock: options.clock, groups, random: Math.random });
    }
  }

  put(resource: ResourceState): void {
    if (!isActedOn(resource.type)) return;
    this.world.put(resource);
    if (this.started) this.reconcile();
  }

  remove(urn: string, id?: string): void {
    this.world.remove(urn, id);
    if (this.started) this.reconcile();
  }

  async listen(): Promise<void> {
    this.listening ??= this.gateway?.listen();
    try {
      await this.listening;
    } catch (error) {
      this.listening = undefined; // so that it can be tried again
      throw error;
    }
  }

  start(): void {
    this.started = true;
    this.reconcile();
  }

  /** Time passed: deadlines and back-offs. */
  tick(): void {
    for (const runner of this.runners.values()) runner.step();
    void this.findUrls();
  }

  async settled(signal?: AbortSignal): Promise<ServiceDeployment[]> {
    while (!signal?.aborted && [...this.runners.values()].some((runner) => runner.deploying)) {
      await new Promise<void>((resolve) => {
        const done = () => {
          this.waiters.delete(done);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        this.waiters.add(done);
        signal?.addEventListener("abort", done, { once: true });
      });
    }
    await this.findUrls();
    return [...this.runners.values()].map((runner) => runner.deployment());
  }

  status(): EnvironmentStatus {
    const services = [...this.runners.values()].map((runner) => runner.status(this.url(runner.service.urn)));
    return { environment: this.name, services: services.sort((a, b) => a.name.localeCompare(b.name)) };
  }

  drift(): Drift[] {
    return [...this.runners.values()].flatMap((runner) => runner.drift() ?? []);
  }

  read(query: LogQuery): AsyncGenerator<LogLine> {
    return this.log(query.service).read(query.tail ?? 100, query.follow ?? false, query.signal);
  }

  async stop(): Promise<void> {
    this.started = false;
    this.gateway?.stopAccepting();
    await Promise.all([...this.runners.values(), ...this.retiring.keys()].map((runner) => runner.stop()));
    await Promise.all(this.retiring.values());
    for (const group of this.groups.values()) for (const target of group.targets()) group.forget(target.id);
    await this.gateway?.close();
    this.wake();
  }

  /** Makes reality follow the world. */
  private reconcile(): void {
    const declared = this.world.declared();
    this.secrets = declared.secrets;
    for (const definition of declared.taskDefinitions) this.definitions.set(definition.arn, definition);
    this.route(declared);
    this.reconcileGroups(declared);
    const urns = new Set(declared.services.map((service) => service.urn));
    for (const [urn, runner] of this.runners) if (!urns.has(urn)) this.retire(urn, runner);
    for (const service of declared.services) this.reconcileService(service);
    this.wake();
  }

  private route(declared: Declared): void {
    const routes = publicRoutes(declared);
    if (JSON.stringify(routes) !== JSON.stringify(this.routes)) this.urls.forget();
    this.routes = routes;
    this.gateway?.declare(routes);
  }

  private reconcileGroups(declared: Declared): void {
    for (const group of declared.targetGroups) {
      const known = this.groups.get(group.arn);
      if (known) known.declare(group);
      else this.groups.set(group.arn, new TargetGroup(group, this.options.clock, () => this.gateway?.idleTimeout() ?? 60_000));
    }
    const arns = new Set(declared.targetGroups.map((group) => group.arn));
    for (const [arn, group] of this.groups) {
      // One with targets left the state before its service: it goes when they are drained.
      if (!arns.has(arn) && group.targets().length === 0) this.groups.delete(arn);
    }
  }

  private reconcileService(service: Service): void {
    const known = this.runners.get(service.urn);
    if (known) known.declare(service);
    else this.runners.set(service.urn, this.runner(service));
    this.runners.get(service.urn)?.step();
  }

  private runner(service: Service): ServiceRunner {
    const { clock, node, bundle, onEvent } = this.options;
    return new ServiceRunner(service, {
      environment: this.name,
      clock,
      node,
      bundle,
      table: this.table,
      records: this.records,
      log: this.log(service.name),
      definition: (arn) => this.definitions.get(arn),
      secrets: () => this.secrets,
      group: (arn) => this.groups.get(arn),
      onEvent: (event) => onEvent?.(event),
      onChange: () => this.wake(),
    });
  }

  private retire(urn: string, runner: ServiceRunner): void {
    this.runners.delete(urn);
    this.urls.forget(urn);
    this.retiring.set(
      runner,
      runner.retire().finally(() => this.retiring.delete(runner)),
    );
  }

  private url(urn: string): string | undefined {
    const path = this.urls.path(urn);
    return path === undefined || !this.gateway ? undefined : `${this.gateway.address}${path}`;
  }

  private async findUrls(): Promise<void> {
    if (!this.routes) return;
    const services = [...this.runners.values()].map((runner) => {
      const targetGroupArns = new Set(runner.service.loadBalancers.map((one) => one.targetGroupArn));
      const healthPaths = [...targetGroupArns].flatMap((arn) => this.groups.get(arn)?.settings.health.path ?? []);
      return { urn: runner.service.urn, port: runner.servingPort(), targetGroupArns, healthPaths };
    });
    await this.urls.find(services, this.routes);
  }

  private log(service: string): ServiceLog {
    const known = this.logs.get(service);
    if (known) return known;
    const log = new ServiceLog(join(this.options.folder, "logs", this.name, `${service.replace(/[^\w-]/g, "_")}.jsonl`));
    this.logs.set(service, log);
    return log;
  }

  private wake(): void {
    for (const waiter of this.waiters) waiter();
  }
}

/** The public load balancer's HTTPS listener, or its HTTP one where there is no other. */
function publicRoutes(declared: Declared): Routes | undefined {
  const loadBalancer = declared.loadBalancers.find((one) => !one.internal);
  if (!loadBalancer) return undefined;
  const listeners = declared.listeners.filter((one) => one.loadBalancerArn === loadBalancer.arn);
  const listener = listeners.find((one) => one.protocol === "HTTPS") ?? listeners.sort((a, b) => a.port - b.port)[0];
  if (!listener) return undefined;
  return { loadBalancer, listener, rules: declared.rules.filter((rule) => rule.listenerArn === listener.arn) };
}
