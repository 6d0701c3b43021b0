import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Seconds. 0.1, 0.3 and 1 are there because latency objectives are set at them: a bucket's edge counts exactly, between two it is a guess. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10];

/**
 * Prometheus metrics at `GET /metrics`.
 *
 * On the service's own port: the edge routes only /catalog here, so they can't be reached from outside, and each replica needs one port.
 */
export function registerMetrics(app: FastifyInstance, version: string): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "Seconds from the end of a request's headers to the end of its answer.",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS,
    registers: [registry],
  });
  new Gauge({ name: "catalog_build_info", help: "Always 1.", labelNames: ["version"], registers: [registry] }).set(
    { version },
    1,
  );

  app.addHook("onResponse", async (request, reply) => {
    // The route's pattern, never the path: a label value for each product or each scanner's guess would fill the memory.
    const route = request.routeOptions.url ?? "(none)";
    durations.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });

  app.get("/metrics", { schema: { hide: true }, logLevel: "warn" }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
