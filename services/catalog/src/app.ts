import swagger from "@fastify/swagger";
import type { Clock } from "@fairway/clock";
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { drained } from "./drain.ts";
import { registerHealth } from "./http/health.ts";
import { registerMetrics } from "./http/metrics.ts";
import { registerProblems, sendProblem } from "./http/problem.ts";
import { productRoutes } from "./http/products.ts";
import { requestId, traceId } from "./http/request-id.ts";
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
  /** Answers what comes, closing each connection behind it, then closes. Resolves to the number of requests cut off by the deadline. */
  drain(deadlineMs: number): Promise<number>;
}

/** Longer URLs than this are no honest query: all parameters at their limits fit. */
const URL_LENGTH = 4096;
const QUIET_MS = 1000;

const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
};

/** The whole service but its process: not yet listening. */
export async function buildApp({ catalogue, version, logger, clock }: AppOptions): Promise<App> {
  let draining = false;

  const server: FastifyInstance = Fastify({
    loggerInstance: logger,
    disableRequestLogging: true,
    genReqId: requestId,
    requestIdLogLabel: "requestId",
    // An ALB keeps idle connections for 60 s and reuses them. Were ours shorter, we would close one just as it sends: a 502.
    keepAliveTimeout: 65_000,
    // A caller that sends its headers slower than this only holds a connection.
    requestTimeout: 10_000,
    bodyLimit: 1024,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 128 },
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  const traffic = watchTraffic(server.server, clock);

  server.addHook("onRequest", async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, "x-request-id": request.id, "x-catalog-version": version });
    if (draining) reply.header("connection", "close");
    if (request.url.length > URL_LENGTH) {
      return sendProblem(request, reply, { status: 414, detail: `The address is longer than ${URL_LENGTH} characters.` });
    }
  });
  server.addHook("onResponse", async (request, reply) => {
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

  registerProblems(server);
  registerMetrics(server, version);
  registerHealth(server, { canServe: () => catalogue.size > 0, draining: () => draining });
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Catalog", version: "1", description: "The products of a ship's chandler." },
      servers: [{ url: "/" }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
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
