import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { z } from "zod";
import { InvalidCursor } from "../products/cursor.ts";

/** RFC 9457. `type` is always about:blank: the status says which kind it is, `errors` which parameter. */
export const problemSchema = z
  .strictObject({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string().describe("Name it when you ask about this request."),
    errors: z.array(z.strictObject({ parameter: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: "Problem", description: "What went wrong (RFC 9457)." });

export type Problem = z.infer<typeof problemSchema>;

export const PROBLEM_TYPE = "application/problem+json";

/** A response entry for a route's schema. */
export const problemResponse = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: problemSchema } } });

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Pick<Problem, "status" | "detail" | "errors">,
): FastifyReply {
  const body: Problem = {
    type: "about:blank",
    title: STATUS_CODES[problem.status] ?? "Error",
    ...problem,
    requestId: request.id,
  };
  // Written here, not by the route's serialiser: an answer about an error must not fail for want of a schema.
  return reply
    .code(problem.status)
    .header("cache-control", "no-store")
    .type(PROBLEM_TYPE)
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

/** Every error leaves as a problem. What is our fault is logged whole and told to the caller only by request id. */
export function registerProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, { status: 404, detail: "Nothing is served at this path." }),
  );

  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      const errors = error.validation.flatMap(parameterErrors);
      return sendProblem(request, reply, { status: 400, detail: "The request has parameters that can't be used.", errors });
    }
    if (error instanceof InvalidCursor) {
      const errors = [{ parameter: "cursor", detail: error.message }];
      return sendProblem(request, reply, { status: 400, detail: "The request has parameters that can't be used.", errors });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return sendProblem(request, reply, { status, detail: error.message });
    request.log.error({ err: error }, "request failed");
    return sendProblem(request, reply, {
      status: 500,
      detail: "The catalogue failed to answer. The failure is logged under the request id.",
    });
  });
}

function parameterErrors({
  instancePath,
  message = "can't be used.",
  params,
}: {
  instancePath: string;
  message?: string;
  params: object;
}) {
  if ("keys" in params && Array.isArray(params.keys)) {
    return params.keys.map((key) => ({ parameter: String(key), detail: "is no parameter here." }));
  }
  return [{ parameter: instancePath.slice(1), detail: message }];
}
