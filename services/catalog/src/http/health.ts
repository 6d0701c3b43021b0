import type { FastifyInstance } from "fastify";

/**
 * `/healthz`, the load balancer's check: this process can answer from its data. Stays 200 while draining, because requests in flight are
 * still answered and a failed check would end the task before they are.
 *
 * `/readyz`: new requests should come here. 503 from SIGTERM on.
 */
export function registerHealth(
  app: FastifyInstance,
  { canServe, draining }: { canServe: () => boolean; draining: () => boolean },
): void {
  const options = { schema: { hide: true }, logLevel: "warn" } as const;

  app.get("/healthz", options, async (_request, reply) =>
    canServe() ? { status: "ok" } : reply.code(503).send({ status: "failing", reason: "no product can be found" }),
  );

  app.get("/readyz", options, async (_request, reply) => {
    if (draining()) return reply.code(503).send({ status: "draining" });
    return canServe() ? { status: "ok" } : reply.code(503).send({ status: "failing", reason: "no product can be found" });
  });
}
