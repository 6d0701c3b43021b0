import { join } from "node:path";
import type { Timer } from "@fairway/clock";
import { Environment } from "./environment.ts";
import { ProcessTable } from "./tasks/process-table.ts";
import type { Effects, EffectsOptions } from "./types.ts";

/** How often deadlines and back-offs are looked at; everything else is acted on when it happens. */
const tick = 250;

/**
 * What really runs in a rehearsal: an HTTP gateway for each environment's public load balancer, and a process for each task of
 * its ECS services.
 *
 * @example
 * const effects = createEffects({ folder, clock: systemClock, ports: { staging: 8090 }, bundle, node: process.execPath });
 * for (const resource of state.resources()) effects.put("staging", resource);
 * await effects.start();
 * const deployments = await effects.settled("staging");
 */
export function createEffects(options: EffectsOptions): Effects {
  const table = new ProcessTable(join(options.folder, "processes.json"));
  const environments = new Map<string, Environment>();
  let started = false;
  let timer: Timer | undefined;

  return {
    put: (environment, resource) => environmentOf(environment).put(resource),

    remove: (environment, urn, id) => environmentOf(environment).remove(urn, id),

    async start() {
      try {
        // Ports first: if another rehearsal runs, its processes are no leftovers.
        for (const environment of environments.values()) await environment.listen();
        await table.endLeftovers(options.clock);
        started = true;
        for (const environment of environments.values()) environment.start();
      } catch (error) {
        await stop();
        throw error;
      }
      timer = options.clock.every(tick, () => {
        for (const environment of environments.values()) environment.tick();
      });
    },

    open: (environment) => environmentOf(environment).listen(),

    settled: (environment, signal) => environmentOf(environment).settled(signal),

    status: () => [...environments.values()].map((environment) => environment.status()),

    drift: (environment) => environmentOf(environment).drift(),

    metrics: (environment) => environmentOf(environment).gateway?.metrics,

    logs: (query) => environmentOf(query.environment).read(query),

    stop,
  };

  async function stop(): Promise<void> {
    timer?.cancel();
    started = false;
    await Promise.all([...environments.values()].map((environment) => environment.stop()));
  }

  function environmentOf(name: string): Environment {
    const known = environments.get(name);
    if (known) return known;
    const environment = new Environment(name, options, table);
    environments.set(name, environment);
    if (started) environment.start();
    return environment;
  }
}
