import { z } from "zod";
import { isDuration, seconds } from "./duration.ts";
import { FARGATE_SIZES, isFargateSize } from "./fargate.ts";
import type { Duration } from "./types.ts";

const duration = z.custom<Duration>(
  (value) => typeof value === "string" && isDuration(value),
  "a duration such as 30s, 5m or 1h.",
);
const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "a variable's name is upper case, digits, underscores.");

/** PORT and HOST are the platform's: a task that chose its own could not be reached. */
const environment = z
  .record(variable, z.string({ error: "environment variables are strings." }))
  .refine(
    (variables) => !("PORT" in variables) && !("HOST" in variables),
    "PORT and HOST are set by the platform; leave them out.",
  );

const http = z
  .strictObject({
    port: z.int().min(1024, "ports below 1024 need root; choose 1024 to 65535.").max(65_535),
    paths: z
      .array(
        z
          .string()
          .regex(/^\/[\w\-.$/~"'@:+*?&]{0,127}$/, "a path pattern starts with / and has at most 128 characters, * and ? match."),
      )
      .min(1)
      .optional(),
    hosts: z
      .array(z.string().regex(/^[a-z0-9-]{1,63}$/, "a host is one label below the environment's domain, for example shop."))
      .min(1)
      .optional(),
    healthPath: z.string().regex(/^\/\S*$/, "a path such as /healthz."),
    visibility: z.enum(["public", "internal"]).default("public"),
    drain: duration
      // The longest deregistration delay of a target group (ELB API, TargetGroupAttribute, 2026-09).
      .refine((value) => seconds(value) <= 3600, "a load balancer waits for requests at most 1h.")
      .default("15s"),
  })
  .refine(
    ({ paths, hosts }) => paths !== undefined || hosts !== undefined,
    "needs paths, hosts or both: without them nothing is routed here.",
  )
  // An ALB listener rule holds five condition values in all.
  .refine(
    ({ paths = [], hosts = [] }) => paths.length + hosts.length <= 5,
    "a listener rule takes at most five paths and hosts together.",
  );

const size = z
  .strictObject({
    cpu: z.number().refine((cpu) => FARGATE_SIZES.has(cpu), `one of ${[...FARGATE_SIZES.keys()].join(", ")} vCPU.`),
    memory: z.number(),
    architecture: z.enum(["arm64", "x86_64"]).default("arm64"),
    spotShare: z.number().min(0).max(1).default(0),
  })
  .superRefine(({ cpu, memory }, context) => {
    const allowed = FARGATE_SIZES.get(cpu);
    if (allowed && !isFargateSize(cpu, memory)) {
      context.addIssue({
        code: "custom",
        path: ["memory"],
        message: `with ${cpu} vCPU Fargate offers ${allowed.join(", ")} GiB.`,
      });
    }
  });

const scale = z
  .strictObject({
    min: z.int().min(1, "at least one."),
    max: z.int().min(1),
    requestsPerMinute: z.number().positive().optional(),
    cpuPercent: z.number().min(10).max(90).optional(),
  })
  .refine(({ min, max }) => min <= max, "min is over max.");

const release = z.strictObject({
  strategy: z.enum(["rolling"]).default("rolling"),
  deadline: duration.default("10m"),
});

export const serviceSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{1,19}$/, "2 to 20 characters: lower case, digits, hyphens, a letter first."),
    owner: z.string().min(1, "a team of platform.config.ts."),
    description: z.string().min(1, "one sentence on what it is for."),
    runtime: z.enum(["ecs"], { error: 'only "ecs" so far.' }).default("ecs"),
    http,
    size: size.prefault({ cpu: 0.25, memory: 0.5 }),
    scale: scale.prefault({ min: 2, max: 4 }),
    environment: environment.default({}),
    secrets: z.record(variable, z.string().regex(/^[\w/+=.@-]{1,512}$/, "a secret's name in Secrets Manager.")).default({}),
    release: release.prefault({}),
    overrides: z
      .record(
        z.string(),
        z.strictObject({
          size: size.optional(),
          scale: scale.optional(),
          environment: environment.optional(),
          release: release.optional(),
        }),
      )
      .default({}),
  })
  .superRefine(({ environment: plain, secrets }, context) => {
    for (const name of Object.keys(secrets).filter((secret) => secret in plain)) {
      context.addIssue({ code: "custom", path: ["secrets", name], message: "stands in environment too; keep one." });
    }
  });

/** What a team writes: as `ServiceContract`, with the defaults left out. */
export type ServiceInput = z.input<typeof serviceSchema>;
