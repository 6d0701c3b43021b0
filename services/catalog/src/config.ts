import { z } from "zod";

/** sysexits.h: something is wrong in the configuration. Tells it apart from a crash in a task's stopped reason. */
export const EXIT_CONFIGURATION = 78;

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${min} to ${max}.`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `a whole number from ${min} to ${max}.`);

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const environmentSchema = z.object({
  /** All interfaces, because in a task the load balancer comes from outside; a rehearsal hands in loopback. */
  HOST: z
    .union([z.ipv4(), z.ipv6(), z.literal("localhost")], "an IP address to listen on, for example 0.0.0.0.")
    .default("0.0.0.0"),
  /** 0 takes any free port, which the log then names. */
  PORT: wholeNumber(0, 65_535).default(8080),
  LOG_LEVEL: z.enum(LEVELS, `one of ${LEVELS.join(", ")}.`).default("info"),
  /** What runs: an image digest or a commit. Goes into logs, metrics and the x-catalog-version header. */
  VERSION: z
    .string()
    .regex(/^[\w.:@/+-]{1,128}$/, "1 to 128 letters, digits and . : @ / + - _.")
    .default("unversioned"),
  /** At most this long from SIGTERM to the end. Below the task's stopTimeout, or ECS kills what is still being answered. */
  DRAIN_SECONDS: wholeNumber(0, 110).default(15),
});

export interface Config {
  host: string;
  port: number;
  logLevel: (typeof LEVELS)[number];
  version: string;
  drainMs: number;
}

/** Every variable that can't be used, in one message. */
export class ConfigurationError extends Error {}

/** @throws {ConfigurationError} with all that is wrong: variable, value, what is allowed */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (parsed.success) {
    const { HOST, PORT, LOG_LEVEL, VERSION, DRAIN_SECONDS } = parsed.data;
    return { host: HOST, port: PORT, logLevel: LOG_LEVEL, version: VERSION, drainMs: DRAIN_SECONDS * 1000 };
  }
  const wrong = new Map(parsed.error.issues.map(({ path, message }) => [String(path[0]), message]));
  const lines = [...wrong].map(([name, message]) => `  ${name}   ${JSON.stringify(environment[name])}\n      ${message}`);
  const count = wrong.size === 1 ? "1 environment variable" : `${wrong.size} environment variables`;
  throw new ConfigurationError(`catalog did not start: ${count} can't be used\n\n${lines.join("\n")}\n`);
}
