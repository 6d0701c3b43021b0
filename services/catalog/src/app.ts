import type { Clock } from "@fairway/clock";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { drained } from "./drain.ts";
import { logController, registerAccessLog } from "./http/access-log.ts";
import { registerHealth } from "./http/health.ts";
import { registerMetrics } from "./http/metrics.ts";
import { registerOpenApi } from "./http/openapi.ts";
import { registerProblems, sendProblem } from "./http/problem.ts";
import { productRoutes } from "./http/products.ts";
import { requestId } from "./http/request-id.ts";
import { watchTraffic } from "./http/traffic.ts";
import type { Catalogue } from "./products/catalogue.ts";

export interface AppOptions {
  catalogue: Catalogue;
  version: string;
  logger: FastifyBaseLogger;
  clock: Clock;
}

export interface App {
  server: FastifyInstance;
  /**
   * Answers what still comes, closing each connection behind it, then closes the server.
   *
   * @returns how many requests were cut off because `deadlineMs` had passed
   */
  drain(deadlineMs: number): Promise<number>;
}

/** Longer than all parameters at their limits. */
const URL_LENGTH = 4096;

/** After SIGTERM, no request for this long means that the load balancer has stopped sending. */
const QUIET_MS = 1000;

const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
};

/** The whole service but its process; not yet listening. */
export async function buildApp({ catalogue, version, logger, clock }: AppOptions): Promise<App> {
  let draining = false;
  const headers = (request: FastifyRequest) => ({
    ...SECURITY_HEADERS,
    "x-request-id": request.id,
    "x-catalog-version": version,
  });
  const server = createServer(logger, headers);
  const traffic = watchTraffic(server.server, clock);

  server.addHook("onRequest", async (request, reply) => {
    reply.headers(headers(request));
    if (draining) reply.header("connection", "close");
    if (request.url.length > URL_LENGTH) {
      return sendProblem(request, reply, { status: 414, detail: `The address is longer than ${URL_LENGTH} characters.` });
    }
  });
  registerAccessLog(server);
  registerProblems(server);
  registerMetrics(server, version);
  registerHealth(server, { canServe: () => catalogue.size > 0, draining: () => draining });
  await registerOpenApi(server);
  await server.register(productRoutes, { catalogue, version });

  return {
    server,
    drain: async (deadlineMs) => {
      draining = true;
      const cutOff = await drained(traffic, { deadlineMs, quietMs: QUIET_MS }, clock);
      if (cutOff > 0) server.server.closeAllConnections();
      await server.close();
      return cutOff;
    },
  };
}

function createServer(
  loggerInstance: FastifyBaseLogger,
  headers: (request: FastifyRequest) => Record<string, string>,
): FastifyInstance {
  const server: FastifyInstance = Fastify({
    loggerInstance,
    logController,
    genReqId: requestId,
    // An ALB keeps idle connections for 60 s and reuses them. Were ours shorter, we would close one just as it sends: a 502.
    keepAliveTimeout: 65_000,
    // A caller that is slower than this in sending its request only holds a connection.
    requestTimeout: 10_000,
    bodyLimit: 1024,
    // While draining, requests are answered, not refused.
    return503OnClosing: false,
    // Long ids are refused by the route's schema, which tells the caller why.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: URL_LENGTH },
    // An address that can't be decoded: it reaches no route and no hook.
    frameworkErrors: (_error, request, reply) =>
      sendProblem(request, reply.headers(headers(request)), { status: 400, detail: "The address has a % that encodes nothing." }),
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  return server;
}
