import { systemClock } from "@fairway/clock";
import { createRunner, run, turns, type EngineEvent, type Provider, type RunResult } from "@fairway/engine";
import type { Effects, EnvironmentStatus } from "@fairway/effects";
import { coordinate, isSkip, keyOf, outputsOf, planStacks, type StackPlan, type StackProgram } from "@fairway/planner";
import type { Platform } from "@fairway/settings";
import { guardedChanges } from "../plan/guarded.ts";
import { stacksOf } from "../plan/planned-stacks.ts";
import { builtImage } from "../workspace/images.ts";
import { ORGANIZATION } from "../workspace/organization.ts";
import { findPrograms } from "../workspace/programs.ts";
import type { SessionEvent, SessionResult, UpRequest } from "./events.ts";
import { refreshDrift } from "./drift.ts";
import type { Stores } from "./stores.ts";

/** What bringing up and down work with. */
export interface Stage {
  root: string;
  platform: Platform;
  providers: (packageName: string) => Provider;
  stores: Stores;
  effects: Effects;
  send: (event: SessionEvent) => void;
  signal: AbortSignal;
}

/**
 * Makes environments as the programs of this tree say: builds what services run, looks first whether a guarded change is
 * among what would happen (then nothing happens), runs the programs, and waits until every deployment has ended.
 */
export async function bringUp(stage: Stage, request: UpRequest): Promise<SessionResult> {
  const started = systemClock.now();
  const { root, platform, send } = stage;
  const result = (change: Partial<SessionResult>): SessionResult => ({
    outcome: "done",
    changed: 0,
    seconds: (systemClock.now() - started) / 1000,
    failures: [],
    refused: [],
    environments: statusOf(stage.effects, request.environments),
    ...change,
  });

  send({ kind: "phase", text: "building services" });
  const stacks = await stacksOf({
    root,
    platform,
    programs: findPrograms(root),
    environments: request.environments,
    image: builtImage,
  });
  await refreshDrift(stage, request.environments);

  let plans: StackPlan[] = [];
  // Where nothing is, nothing can be lost: the first time needs no look ahead.
  if (
    [...stage.stores.open().values()].some(
      ({ id, store }) => request.environments.includes(id.stack) && store.resources().length > 0,
    )
  ) {
    send({ kind: "phase", text: "planning" });
    plans = await lookAhead(stage, stacks);
    if (plans.some(({ ok }) => !ok)) return result({ outcome: "failed", failures: plans.flatMap(planFailures) });
    const guarded = guardedChanges(plans, request.yes ? [] : request.allow, {
      before: (id) => stage.stores.open().get(keyOf(id))?.store,
      guardOf: (type) => guardOf(stage, type),
    });
    const refused = request.yes ? [] : guarded.filter(({ allowed }) => !allowed);
    if (refused.length > 0) return result({ outcome: "refused", refused });
    for (const { project, stack, steps } of plans)
      send({
        kind: "stack",
        environment: stack,
        project,
        state: "running",
        total: steps.filter(({ provider }) => !provider).length,
      });
  }

  send({ kind: "phase", text: "running programs" });
  const results = await runPrograms(stage, stacks, allowedIn(plans));
  const failures = stacks.flatMap((stack) => runFailures(stack, results.get(keyOf(stack))));
  send({ kind: "phase", text: "waiting for services" });
  const deployments = await Promise.all(
    request.environments.map(async (name) => ({ name, ended: await stage.effects.settled(name, stage.signal) })),
  );
  for (const { name, ended } of deployments) {
    for (const each of ended.filter(({ status }) => status === "failed" || status === "rolled-back")) {
      failures.push(
        `${each.service} → ${name}: ${each.status === "failed" ? "failed" : "rolled back"} after ${each.seconds.toFixed(0)} s\n  ${each.reason ?? "no reason given"}`,
      );
    }
  }
  const changed = [...results.values()]
    .flatMap(({ steps }) => steps)
    .filter(({ op, provider }) => !provider && ["create", "update", "replace", "read-replacement", "delete"].includes(op)).length;
  return result({ outcome: failures.length > 0 ? "failed" : "done", changed, failures });
}

/** What its model says of deleting or replacing a resource of a type. */
export function guardOf({ providers }: Stage, type: string): "data" | "foundation" | undefined {
  return providers(type.split(":")[0] ?? "").describe(type).guarded;
}

/** What the engine is to let pass: the guarded changes of a plan that was not refused, and none that the plan did not show. */
function allowedIn(plans: readonly StackPlan[]): Map<string, string[]> {
  return new Map(
    plans.map((plan) => [
      keyOf(plan),
      plan.steps.filter(({ guarded }) => guarded).map(({ type, name }) => `${plan.project}::${type}::${name}`),
    ]),
  );
}

/** In the order of the environments, whatever the order in which they came up. */
export function statusOf(effects: Effects, environments: readonly string[]): EnvironmentStatus[] {
  const all = new Map(effects.status().map((status) => [status.environment, status]));
  return environments.flatMap((name) => all.get(name) ?? []);
}

/** Programs at work at once, each a process. One that waits for another's outputs does not count. */
const AT_ONCE = 4;

/** The update that is about to happen, in memory: the same programs and states, no effects. */
async function lookAhead({ root, stores, providers, signal }: Stage, stacks: StackProgram[]): Promise<StackPlan[]> {
  const update = createRunner({ cwd: root, sdkRoot: root });
  try {
    return await planStacks({
      organization: ORGANIZATION,
      stacks,
      providers,
      base: (id) => stores.open().get(keyOf(id))?.store,
      runners: { update },
      signal,
    });
  } finally {
    await update.close();
  }
}

async function runPrograms(
  stage: Stage,
  stacks: StackProgram[],
  allowed: ReadonlyMap<string, string[]>,
): Promise<Map<string, RunResult>> {
  const atWork = turns(AT_ONCE);
  const outcomes = await coordinate(
    stacks,
    async (stack, references) => {
      const { project, stack: environment } = stack;
      stage.send({ kind: "stack", environment, project, state: "running" });
      const state = await stage.stores.of(stack);
      const done = await atWork.take(references, (patiently) =>
        run({
          ...stack,
          organization: ORGANIZATION,
          program: { folder: stack.folder },
          mode: "update",
          state,
          providers: stage.providers,
          references: patiently,
          allow: allowed.get(keyOf(stack)) ?? [],
          onEvent: (event) => forward(stage, stack, event),
          signal: stage.signal,
        }),
      );
      stage.send({ kind: "stack", environment, project, state: done.ok ? "done" : "failed" });
      return { ok: done.ok, outputs: outputsOf(done), done };
    },
    (id) => {
      const stored = stage.stores.open().get(keyOf(id));
      return stored && outputsOf({ outputs: stored.store.outputs() });
    },
  );
  return new Map([...outcomes].map(([key, { done }]) => [key, done]));
}

/** Tells whoever watches, and keeps effects in step with state. */
export function forward(
  { send, effects }: Stage,
  { project, stack: environment }: { project: string; stack: string },
  event: EngineEvent,
): void {
  if (event.kind === "waiting")
    send({
      kind: "stack",
      environment,
      project,
      state: "waiting",
      waitingFor: event.reference.split("/").at(-2) ?? event.reference,
    });
  if (event.kind === "diagnostic" && event.diagnostic.severity !== "debug") {
    send({ kind: "diagnostic", environment, project, severity: event.diagnostic.severity, message: event.diagnostic.message });
  }
  if (event.kind !== "step-started" && event.kind !== "step-done" && event.kind !== "step-failed") return;
  const { op, name, type, urn, provider } = event.step;
  if (event.kind === "step-done") {
    if (event.resource && !event.resource.delete) effects.put(environment, event.resource);
    else if (!event.resource && event.previous) effects.remove(environment, urn, event.previous.id);
  }
  if (provider) return;
  const state = event.kind === "step-started" ? "started" : event.kind === "step-done" ? "done" : "failed";
  send({
    kind: "step",
    environment,
    project,
    op,
    name,
    type,
    state,
    ...(event.kind === "step-failed" ? { message: event.message } : {}),
  });
}

function runFailures({ project, stack }: StackProgram, result: RunResult | undefined): string[] {
  if (!result || result.ok) return [];
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  const own = errors.filter(({ message }) => !isSkip(message));
  return (own.length > 0 ? own : errors.slice(0, 1)).map(
    ({ urn, message }) => `${project} → ${stack}: ${urn ? `${urn.split("::").at(-1)}: ` : ""}${message}`,
  );
}

function planFailures({ project, stack, diagnostics, ok }: StackPlan): string[] {
  if (ok) return [];
  const errors = diagnostics.filter(({ severity, message }) => severity === "error" && !isSkip(message));
  return errors.map(({ message }) => `${project} → ${stack}: ${message}`);
}
