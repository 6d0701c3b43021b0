import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "@fairway/clock";
import { rehearsedCloud } from "@fairway/cloud";
import { createEffects, type LogQuery } from "@fairway/effects";
import { type Platform, scopeNames } from "@fairway/settings";
import { Failure } from "../failure.ts";
import { stateFolder } from "../workspace/checkout.ts";
import { bundlesFolder } from "../workspace/images.ts";
import { bringDown } from "./bring-down.ts";
import { bringUp, type Stage, statusOf } from "./bring-up.ts";
import type { SessionEvent, SessionResult, UpRequest } from "./events.ts";
import { choosePorts, keepPorts, socketPath } from "./places.ts";
import { type Handler, serve, type SocketServer } from "./server.ts";
import { openStores } from "./stores.ts";

/** The one process that holds a rehearsal: its states, its service processes, its gateways. */
export interface Session {
  up(request: UpRequest, send: (event: SessionEvent) => void): Promise<SessionResult>;
  down(request: UpRequest, send: (event: SessionEvent) => void): Promise<SessionResult>;
  /** Resolves when a client brought down the last environment. */
  readonly empty: Promise<void>;
  /** Ends what is in progress, every process and the gateways. State stays. */
  close(): Promise<void>;
}

/** Milliseconds that the end waits for a change in progress to notice. */
const PATIENCE = 10_000;

/**
 * @param options `ports`: `--port` values such as `production=9080`; `serving`: whether services run, needless where all goes away;
 *   `tell`: is told what others ask of this rehearsal, how that ends, and which processes end by themselves
 * @throws when a state is in use or can't be read, a port is taken, or another rehearsal began meanwhile
 */
export async function startSession(
  root: string,
  platform: Platform,
  options: { ports?: readonly string[]; serving: boolean; tell?: (notice: string) => void },
): Promise<Session> {
  const environments = Object.keys(platform.environments);
  const ports = choosePorts(root, environments, options.ports ?? []);
  const stores = await openStores(root, scopeNames(platform));
  const effects = createEffects({
    folder: join(stateFolder(root), "effects"),
    clock: systemClock,
    ports,
    bundle: (digest) => {
      const folder = join(bundlesFolder(root), digest.replace(":", "-"));
      return existsSync(folder) ? folder : undefined;
    },
    node: process.execPath,
    onEvent: (event) => {
      if (event.kind === "deployment")
        listener?.({ kind: "deployment", environment: event.environment, deployment: event.deployment });
      else if (event.reason && !inProgress)
        options.tell?.(`${event.environment}: a task of ${event.service} is ${event.state}: ${event.reason}`);
    },
  });
  for (const { id, store } of stores.open().values()) {
    for (const resource of store.resources()) if (!resource.delete) effects.put(id.stack, resource);
  }

  const ending = new AbortController();
  const emptied = Promise.withResolvers<void>();
  let inProgress: { what: string; since: Date; ended: Promise<void> } | undefined;
  let listener: ((event: SessionEvent) => void) | undefined;

  const session: Session = {
    up: (request, send) =>
      exclusively(`bringing up ${request.environments.join(", ")}`, send, async (stage) => {
        for (const environment of request.environments) await effects.open(environment);
        return bringUp(stage, request);
      }),
    down: async (request, send) => {
      const result = await exclusively(`bringing down ${request.environments.join(", ")}`, send, (stage) =>
        bringDown(stage, request),
      );
      if (stores.open().size === 0) emptied.resolve();
      return result;
    },
    empty: emptied.promise,
    close: async () => {
      ending.abort();
      await Promise.all([socket?.close(), effects.stop(), changeEnded()]);
      await stores.close();
    },
  };
  const handlers: Record<string, Handler> = {
    ping: async (_, send) => send({ pid: process.pid }),
    up: async (body, send) => answer("up", body as UpRequest, send),
    down: async (body, send) => answer("down", body as UpRequest, send),
    status: async (_, send) =>
      send({ pid: process.pid, inProgress: inProgress?.what, environments: statusOf(effects, environments) }),
    logs: async (body, send, gone) => {
      for await (const line of effects.logs({ ...(body as LogQuery), signal: gone })) send(line);
    },
  };
  let socket: SocketServer | undefined;
  try {
    if (options.serving) await effects.start();
    socket = await serve(socketPath(root), handlers);
    keepPorts(root, ports);
  } catch (error) {
    await session.close();
    throw error;
  }
  return session;

  /** Does what another terminal asks. */
  async function answer(what: "up" | "down", request: UpRequest, send: Parameters<Handler>[1]): Promise<void> {
    const asked = `another terminal: ${what} ${request.environments.join(", ")}`;
    options.tell?.(asked);
    try {
      const result = await session[what](request, send);
      options.tell?.(`${asked}: ${result.outcome} after ${result.seconds.toFixed(1)} s, ${result.changed} changed`);
      send({ kind: "result", result });
    } catch (error) {
      options.tell?.(`${asked}: ${(error as Error).message}`);
      throw error;
    }
  }

  /** A change that is cut off must not lose what it did: its states stay open until it has noticed. */
  async function changeEnded(): Promise<void> {
    const over = new AbortController();
    await Promise.race([inProgress?.ended, systemClock.wait(PATIENCE, over.signal)]);
    over.abort();
  }

  /** One change at a time: a second one is refused, and told what the first is. */
  async function exclusively(
    what: string,
    send: (event: SessionEvent) => void,
    change: (stage: Stage) => Promise<SessionResult>,
  ): Promise<SessionResult> {
    if (inProgress) {
      throw new Failure(
        `an update is in progress: ${inProgress.what}, since ${inProgress.since.toISOString()} (process ${process.pid}). Wait for it, or end it with Ctrl-C there.`,
      );
    }
    if (ending.signal.aborted) throw new Failure("the rehearsal is ending. Start it again: npx fairway rehearse");
    const ended = Promise.withResolvers<void>();
    inProgress = { what, since: new Date(systemClock.now()), ended: ended.promise };
    listener = send;
    try {
      return await change({ root, platform, providers: rehearsedCloud(), stores, effects, send, signal: ending.signal });
    } finally {
      inProgress = undefined;
      listener = undefined;
      ended.resolve();
    }
  }
}
