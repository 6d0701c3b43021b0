import { randomBytes } from "node:crypto";
import type { Clock } from "@fairway/clock";
import { CannotStart, launchOf, rehearsedContainer } from "../tasks/command.ts";
import { freePort } from "../tasks/free-port.ts";
import type { ServiceLog } from "../tasks/log.ts";
import type { ProcessTable } from "../tasks/process-table.ts";
import { TaskProcess } from "../tasks/task.ts";
import { type Health, unchecked } from "../targets/health.ts";
import type { TargetGroup } from "../targets/target-group.ts";
import type { Drift, EffectsEvent, ServiceDeployment, ServiceStatus, TaskState } from "../types.ts";
import type { SecretValues } from "../world/secrets.ts";
import type { Service, TaskDefinition } from "../world/services.ts";
import { asksForDeployment, begin, decide, type Pace, resume, type ServiceRecord, type TaskView } from "./deployment.ts";
import { deploymentOf, driftOf, statusOf } from "./report.ts";
import { exitReason, healthReason, withLastLines } from "./reasons.ts";
import type { Records } from "./records.ts";

export interface ServiceRunnerOptions {
  environment: string;
  clock: Clock;
  table: ProcessTable;
  records: Records;
  log: ServiceLog;
  node: string;
  bundle: (digest: string) => string | undefined;
  definition: (arn: string) => TaskDefinition | undefined;
  secrets: () => SecretValues;
  group: (arn: string) => TargetGroup | undefined;
  onEvent: (event: EffectsEvent) => void;
  /** Something changed that may let a waiter go on, or a URL answer. */
  onChange: () => void;
}

interface Task {
  id: string;
  definition: TaskDefinition;
  startedAt: number;
  state: TaskState;
  port: number;
  process?: TaskProcess;
  /** By target group ARN. */
  health: Map<string, Health>;
}

/** ECS knows no health of a task without a load balancer: here one counts once it has run this long. */
const settledAfter = 3000;

/** Runs one ECS service: carries out what `decide` says, and tells it what became of the tasks. */
export class ServiceRunner {
  service: Service;
  private readonly options: ServiceRunnerOptions;
  private readonly tasks = new Map<string, Task>();
  private record: ServiceRecord | undefined;
  private pace: Pace = { failures: 0, lastFailureAt: 0 };
  /** Nothing may be started any more; `retired` when the service left the state. */
  private ending = false;
  private told = "";
  private unsaved: string | undefined;

  constructor(service: Service, options: ServiceRunnerOptions) {
    this.service = service;
    this.options = options;
    const kept = options.records.read(options.environment, service.urn);
    this.record = kept && resume(kept, options.clock.now());
    this.declare(service);
  }

  /** The service as its resource says now. */
  declare(service: Service): void {
    this.service = service;
    if (!asksForDeployment(service, this.record)) return;
    const { completed, deployment } = this.record ?? {};
    const target =
      this.options.definition(service.taskDefinitionArn) ??
      [completed, deployment?.target].find((kept) => kept?.arn === service.taskDefinitionArn);
    if (!target) return; // Told by `deployment` until it is put.
    this.pace = { failures: 0, lastFailureAt: 0 };
    this.keep(begin(service, target, this.record, this.options.clock.now()));
  }

  /** Compares what should run with what does, and mends it. */
  step(): void {
    if (this.ending || !this.record) return;
    if (this.unsaved !== undefined) this.save();
    for (const task of this.tasks.values()) this.register(task);
    const decision = decide(this.service, this.record, this.views(), this.pace, this.options.clock.now());
    if (decision.deployment) {
      const { deployment } = decision;
      const completed = deployment.status === "successful" ? deployment.target : this.record.completed;
      if (deployment.status !== "successful") this.pace = { failures: 0, lastFailureAt: 0 };
      this.keep({ ...this.record, deployment, ...(completed ? { completed } : {}) });
      return this.step();
    }
    for (const { id, why } of decision.stop) void this.end(id, why === "unhealthy");
    const { start } = decision;
    if (start) for (let left = start.count; left > 0; left--) this.start(start.definition);
    this.tell();
  }

  /** Whether a deployment, or a rollback, is under way. */
  get deploying(): boolean {
    const status = this.record?.deployment.status;
    return !this.ending && (status === "in-progress" || status === "rolling-back");
  }

  deployment(): ServiceDeployment {
    const deployment = deploymentOf(this.service, this.record, this.views(), this.options.clock.now());
    const reasons = [deployment.reason, this.unsaved].filter((reason) => reason !== undefined);
    return reasons.length > 0 ? { ...deployment, reason: reasons.join("\n") } : deployment;
  }

  status(url: string | undefined): ServiceStatus {
    const serving = [...this.tasks.values()].find((task) => task.state === "healthy");
    return statusOf(this.service, this.record, this.views(), serving?.definition, url);
  }

  drift(): Drift | undefined {
    return driftOf(this.service, this.record);
  }

  /** Port of a process that serves. */
  servingPort(): number | undefined {
    return [...this.tasks.values()].find((task) => task.state === "healthy")?.port;
  }

  /** The service left the state: its tasks drain and end, and nothing is kept of it. */
  async retire(): Promise<void> {
    this.ending = true;
    this.options.records.delete(this.options.environment, this.service.urn);
    await Promise.all([...this.tasks.keys()].map((id) => this.end(id, false)));
  }

  /** The rehearsal ends: no draining, since nobody asks any more. */
  async stop(): Promise<void> {
    this.ending = true;
    await Promise.all([...this.tasks.values()].map(async (task) => task.process?.stop()));
  }

  private start(definition: TaskDefinition): void {
    const id = `${this.service.name}-${randomBytes(3).toString("hex")}`;
    const task: Task = { id, definition, startedAt: this.options.clock.now(), state: "starting", port: 0, health: new Map() };
    this.tasks.set(id, task);
    this.enter(task, "starting");
    this.launch(task).catch((error: unknown) => {
      const message = error instanceof CannotStart ? error.message : `could not be started: ${String(error)}`;
      this.gone(task, message);
    });
  }

  private async launch(task: Task): Promise<void> {
    const { environment, clock, table, log, bundle, node, secrets } = this.options;
    task.port = await freePort();
    if (this.ending || task.state !== "starting") return void this.tasks.delete(task.id);
    const container = rehearsedContainer(task.definition, this.service);
    const launch = launchOf(container, task.port, { bundle, node, secrets: secrets() });
    const started = { environment, service: this.service.name, task: task.id, launch, port: task.port, clock, table, log };
    const process = new TaskProcess(started);
    task.process = process;
    this.enter(task, "running");
    void process.exited.then((exit) => this.gone(task, withLastLines(exitReason(exit), task.id, process.lastLines)));
    this.step();
  }

  /** Level-triggered: a group may be put after the task that belongs to it. */
  private register(task: Task): void {
    const { process } = task;
    if (!process || task.state === "draining" || task.state === "stopped") return;
    for (const { targetGroupArn } of this.service.loadBalancers) {
      const group = this.options.group(targetGroupArn);
      if (!group || task.health.has(targetGroupArn)) continue;
      task.health.set(targetGroupArn, unchecked);
      group.register({
        id: task.id,
        port: task.port,
        listening: process.listening,
        onHealth: (health) => {
          task.health.set(targetGroupArn, health);
          this.judgeHealth(task);
        },
      });
    }
  }

  private judgeHealth(task: Task): void {
    if (task.state === "draining" || task.state === "stopped") return;
    const all = this.service.loadBalancers.map(({ targetGroupArn }) => task.health.get(targetGroupArn) ?? unchecked);
    const state = all.some((health) => health.status === "unhealthy")
      ? "unhealthy"
      : all.every((health) => health.status === "healthy")
        ? "healthy"
        : task.state;
    if (state !== task.state) this.enter(task, state);
    this.step();
  }

  /** Takes a task out of service: drains it, then SIGTERM. */
  private async end(id: string, failed: boolean): Promise<void> {
    const task = this.tasks.get(id);
    if (!task || task.state === "draining" || task.state === "stopped") return;
    const reason = failed ? this.unhealthyReason(task) : undefined;
    if (reason !== undefined) this.countFailure(task, reason);
    this.enter(task, "draining", reason);
    await Promise.all(this.groups(task).map((group) => group.deregister(id)));
    await task.process?.stop();
    if (!task.process) this.tasks.delete(id);
  }

  /** A process that ended, or never began. */
  private gone(task: Task, reason: string): void {
    for (const group of this.groups(task)) group.forget(task.id);
    this.tasks.delete(task.id);
    const byItself = task.state !== "draining" && !this.ending;
    if (byItself) this.countFailure(task, reason);
    this.enter(task, "stopped", byItself ? reason : undefined);
    this.step();
  }

  private countFailure(task: Task, reason: string): void {
    this.pace = { failures: this.pace.failures + 1, lastFailureAt: this.options.clock.now() };
    const record = this.record;
    if (record?.deployment.status !== "in-progress" || record.deployment.target.arn !== task.definition.arn) return;
    this.keep({ ...record, deployment: { ...record.deployment, failedTasks: record.deployment.failedTasks + 1, reason } });
  }

  private unhealthyReason(task: Task): string {
    const [arn, health] = [...task.health].find(([, one]) => one.status === "unhealthy") ?? ["", unchecked];
    const path = this.options.group(arn)?.settings.health.path ?? "/";
    const process = task.process;
    return withLastLines(healthReason(path, health, process?.hasListened ?? false), task.id, process?.lastLines ?? []);
  }

  private views(): TaskView[] {
    const now = this.options.clock.now();
    return [...this.tasks.values()].flatMap((task): TaskView[] => {
      if (task.state === "draining" || task.state === "stopped") return [];
      if (this.service.loadBalancers.length === 0 && task.state === "running" && now - task.startedAt >= settledAfter) {
        this.enter(task, "healthy");
      }
      const health = task.state === "healthy" || task.state === "unhealthy" ? task.state : "starting";
      return [{ id: task.id, taskDefinition: task.definition.arn, health, startedAt: task.startedAt }];
    });
  }

  private groups(task: Task): TargetGroup[] {
    return [...task.health.keys()].flatMap((arn) => this.options.group(arn) ?? []);
  }

  private keep(record: ServiceRecord): void {
    this.record = record;
    this.save();
  }

  /** Tried again with each step while it fails, for example because the disk is full. */
  private save(): void {
    if (!this.record) return;
    try {
      this.options.records.write(this.options.environment, this.service.urn, this.record);
      this.unsaved = undefined;
    } catch (error) {
      this.unsaved = `its record could not be saved, so a restart would not know it: ${String(error)}`;
    }
  }

  private enter(task: Task, state: TaskState, reason?: string): void {
    task.state = state;
    // A task that began after the last failure shows that starting works again; one that was healthy before shows nothing.
    if (state === "healthy" && task.startedAt >= this.pace.lastFailureAt) this.pace = { failures: 0, lastFailureAt: 0 };
    const { environment, onEvent, onChange } = this.options;
    onEvent({ kind: "task", environment, service: this.service.name, task: task.id, state, ...(reason ? { reason } : {}) });
    onChange();
  }

  private tell(): void {
    const deployment = this.deployment();
    const state = `${deployment.taskDefinition} ${deployment.status} ${deployment.healthy}/${deployment.desired}`;
    if (state === this.told) return;
    this.told = state;
    this.options.onEvent({ kind: "deployment", environment: this.options.environment, deployment });
    this.options.onChange();
  }
}
