import { serviceSchema, type ServiceInput } from "./schema.ts";
import type { ServiceContract } from "./types.ts";

/**
 * Declares a service: pure data from which its workload, alarms, dashboard and release follow.
 *
 * @throws with every field that can't be used, its value, what is allowed, what to do
 * @example
 * export default defineService({
 *   name: "catalog",
 *   owner: "shopping",
 *   description: "Lists what is for sale.",
 *   http: { port: 8080, paths: ["/catalog", "/catalog/*"], healthPath: "/healthz" },
 * });
 */
export function defineService(input: ServiceInput): ServiceContract {
  const parsed = serviceSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], input);
    return `  ${path.join(".") || "(all)"}   ${value === undefined ? "(not set)" : JSON.stringify(value)}\n      ${message}`;
  });
  const name = typeof input?.name === "string" ? input.name : "?";
  throw new Error(
    `service "${name}": ${lines.length === 1 ? "1 field" : `${lines.length} fields`} can't be used\n\n${lines.join("\n")}\n`,
  );
}
