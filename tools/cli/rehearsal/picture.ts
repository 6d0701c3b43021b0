import type { ServiceDeployment } from "@fairway/effects";
import type { Style } from "../terminal/style.ts";
import type { SessionEvent, StackProgress } from "./events.ts";

/** What a watcher knows so far: events in, a picture out. */
export interface Picture {
  phase: string;
  /** By environment, then project. */
  environments: Map<string, Map<string, StackPicture>>;
  /** By environment, then service. */
  deployments: Map<string, Map<string, ServiceDeployment>>;
}

interface StackPicture {
  state: StackProgress;
  done: number;
  total: number | undefined;
  waitingFor: string | undefined;
  /** Changes under way, by URN-like key: `+ edge  lb.LoadBalancer`. */
  active: Map<string, string>;
  failed: string[];
}

export function emptyPicture(): Picture {
  return { phase: "starting", environments: new Map(), deployments: new Map() };
}

export function apply(picture: Picture, event: SessionEvent): void {
  if (event.kind === "phase") picture.phase = event.text;
  if (event.kind === "stack") {
    const stack = stackOf(picture, event.environment, event.project);
    Object.assign(stack, { state: event.state, waitingFor: event.waitingFor, total: event.total ?? stack.total });
  }
  if (event.kind === "step") {
    const stack = stackOf(picture, event.environment, event.project);
    const key = `${event.type}::${event.name}::${event.op}`;
    stack.state = "running";
    if (event.state === "started" && event.op !== "same") stack.active.set(key, stepText(event));
    if (event.state !== "started") stack.active.delete(key);
    if (event.state === "done" && event.op !== "delete-replaced" && event.op !== "replace") stack.done += 1;
    if (event.state === "failed") stack.failed.push(`${stepText(event)}: ${event.message ?? "failed"}`);
  }
  if (event.kind === "deployment") {
    const services = picture.deployments.get(event.environment) ?? new Map<string, ServiceDeployment>();
    picture.deployments.set(event.environment, services.set(event.deployment.service, event.deployment));
  }
}

/** Lines of the live block: an environment, its stacks, and under a stack what is being made right now. */
export function draw(picture: Picture, spinner: string, { colors, glyphs }: Style): string {
  const lines = [...picture.environments].flatMap(([environment, stacks]) => [
    `  ${colors.bold(environment)}`,
    ...[...stacks].flatMap(([project, stack]) => [
      `    ${mark(stack, spinner)} ${project.padEnd(12)} ${String(stack.done).padStart(3)}${stack.total === undefined ? "" : `/${stack.total}`}${waiting(stack)}`,
      ...[...stack.active.values()].slice(0, 3).map((text) => colors.dim(`        ${text}`)),
      ...stack.failed.map((text) => colors.red(`        ${text}`)),
    ]),
    ...[...(picture.deployments.get(environment)?.values() ?? [])].map(
      (deployment) => `    ${deploymentText(deployment, spinner)}`,
    ),
  ]);
  return [...lines, spinner && `  ${spinner} ${picture.phase}`].filter(Boolean).join("\n");

  function mark({ state }: StackPicture, running: string): string {
    if (state === "done") return colors.green(glyphs.done);
    return state === "failed" ? colors.red(glyphs.failed) : running || " ";
  }

  function waiting({ state, waitingFor }: StackPicture): string {
    return state === "waiting" && waitingFor ? colors.dim(`  waiting for ${waitingFor}`) : "";
  }

  function deploymentText({ service, status, healthy, desired, reason }: ServiceDeployment, running: string): string {
    const symbol = {
      "in-progress": running || " ",
      successful: colors.green(glyphs.done),
      "rolled-back": colors.red(glyphs.failed),
      failed: colors.red(glyphs.failed),
    }[status];
    const tasks = `${service}: ${healthy}/${desired} tasks healthy`;
    return `${symbol} ${tasks}${status === "rolled-back" ? ", rolled back" : ""}${reason ? `  ${reason.split("\n")[0]}` : ""}`;
  }
}

/** One event as a line, for pipes and logs; nothing for what is not worth one. */
export function line(event: SessionEvent): string | undefined {
  switch (event.kind) {
    case "phase":
      return event.text;
    case "stack":
      return event.state === "waiting"
        ? `${event.environment} ${event.project} waiting for ${event.waitingFor}`
        : event.total === undefined
          ? `${event.environment} ${event.project} ${event.state}`
          : undefined;
    case "step": {
      if (event.op === "same" || event.state === "started") return undefined;
      return `${event.environment} ${event.project} ${stepText(event)} ${event.state}${event.message ? `: ${event.message}` : ""}`;
    }
    case "diagnostic":
      return event.severity === "info" ? undefined : `${event.environment} ${event.project} ${event.severity}: ${event.message}`;
    case "deployment":
      return `${event.environment} ${event.deployment.service} ${event.deployment.status}: ${event.deployment.healthy}/${event.deployment.desired} tasks healthy`;
    case "result":
      return undefined;
  }
}

function stepText({ op, type, name }: Extract<SessionEvent, { kind: "step" }>): string {
  return `${op} ${name}  ${type}`;
}

function stackOf(picture: Picture, environment: string, project: string): StackPicture {
  const stacks = picture.environments.get(environment) ?? new Map<string, StackPicture>();
  picture.environments.set(environment, stacks);
  const stack = stacks.get(project) ?? {
    state: "running",
    done: 0,
    total: undefined,
    waitingFor: undefined,
    active: new Map(),
    failed: [],
  };
  stacks.set(project, stack);
  return stack;
}
