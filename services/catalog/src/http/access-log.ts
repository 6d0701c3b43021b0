import { type FastifyInstance, LogController } from "fastify";
import { traceId } from "./request-id.ts";

/** Every line about a request carries its id; Fastify's two lines a request are left out for one of ours. */
export const logController = new LogController({ requestIdLogLabel: "requestId", disableRequestLogging: true });

/** One line a request, when it is answered. */
export function registerAccessLog(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    request.log.info(
      {
        traceId: traceId(request),
        method: request.method,
        route: request.routeOptions.url,
        // Without the query: what people search for is theirs.
        path: request.url.split("?", 1)[0],
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      },
      "request",
    );
  });
}
