import { request } from "node:http";
import { connect } from "node:net";
import type { HealthCheck } from "../world/load-balancers.ts";
import { type CheckResult, isHealthyStatus } from "./health.ts";

/** One health check of a process on this machine, on a connection of its own. */
export function probe(port: number, check: HealthCheck, agent = "ELB-HealthChecker/2.0"): Promise<CheckResult> {
  return new Promise((resolve) => {
    const asked = request({
      host: "127.0.0.1",
      port,
      path: check.path,
      agent: false,
      headers: { "user-agent": agent },
      signal: AbortSignal.timeout(check.timeout),
    });
    asked.on("response", (response) => {
      response.resume();
      response.on("error", () => undefined);
      const status = response.statusCode ?? 0;
      resolve({ ok: isHealthyStatus(status, check.matcher), answer: String(status) });
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve({ ok: false, answer: describe(error, check) }));
    asked.end();
  });
}

/** Whether a process answers GET of a path with 2xx within 2 s. */
export async function answers(port: number, path: string): Promise<boolean> {
  const once = { path, interval: 0, timeout: 2000, healthyThreshold: 1, unhealthyThreshold: 1, matcher: "200-299" };
  return (await probe(port, once, "fairway")).ok;
}

/** Whether something accepts connections on the port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

function describe(error: NodeJS.ErrnoException, check: HealthCheck): string {
  if (error.name === "TimeoutError" || error.name === "AbortError") return `no answer in ${check.timeout / 1000} s`;
  if (error.code === "ECONNREFUSED") return "connection refused";
  if (error.code === "ECONNRESET") return "connection closed";
  return error.message;
}
