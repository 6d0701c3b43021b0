import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dispatcher } from "undici";
import type { Target } from "../targets/target-group.ts";
import { type Reason, refuse } from "./answers.ts";
import { endToEnd, towardsTarget } from "./headers.ts";

export interface ForwardResult {
  /** What the target answered; undefined when it did not. */
  status?: number;
  /** Seconds from the request having left until the target's answer began. */
  responseTime?: number;
  reason?: Reason;
}

/**
 * Passes one request to a target and its answer back, streaming both ways at the pace of the slower side. Never retries:
 * neither does an ALB. Resolves when the answer is complete or failed; never rejects.
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
  listener: { protocol: string; port: number },
): Promise<ForwardResult> {
  return new Promise((resolve) => {
    const result: ForwardResult = {};
    const started = performance.now();
    let controller: Dispatcher.DispatchController | undefined;
    const finish = () => {
      response.off("close", abandoned);
      resolve(result);
    };
    const abandoned = () => {
      if (response.writableFinished) return;
      controller?.abort(new Error("the client closed the connection"));
      finish();
    };
    response.on("close", abandoned);

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started;
        if (response.destroyed) started.abort(new Error("the client closed the connection"));
      },
      onResponseStart(current, status, headers, message) {
        if (status < 200) return; // 103 and the like stay between the gateway and the target, as with an ALB.
        result.status = status;
        result.responseTime = (performance.now() - started) / 1000;
        const raw = ((current.rawHeaders ?? []) as Buffer[]).map((part) => part.toString("latin1"));
        response.writeHead(status, message ?? "", endToEnd(raw, headers.connection as string | undefined));
        response.flushHeaders();
      },
      onResponseData(current, chunk) {
        if (response.write(chunk)) return;
        current.pause();
        response.once("drain", () => current.resume());
      },
      onResponseEnd() {
        response.end(finish);
      },
      onResponseError(_current, error) {
        result.reason = reasonOf(error, target);
        refuse(response, result.reason);
        finish();
      },
    };
    try {
      target.pool.dispatch(
        {
          path: request.url ?? "/",
          method: (request.method ?? "GET") as Dispatcher.HttpMethod,
          headers: towardsTarget(request, listener),
          body: hasBody(request) ? request : null,
        },
        handler,
      );
    } catch (error) {
      handler.onResponseError?.(undefined as never, error as Error);
    }
  });
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
}

function reasonOf(error: Error, target: Target): Reason {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ECONNREFUSED") return "target-connection-refused";
  if (code === "UND_ERR_CONNECT_TIMEOUT") return "target-connect-timeout";
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") return "target-timeout";
  if (code.startsWith("HPE_") || code === "UND_ERR_HEADERS_OVERFLOW") return "target-malformed-response";
  return target.cut ? "target-deregistered" : "target-connection-closed";
}
