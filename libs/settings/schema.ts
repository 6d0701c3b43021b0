import { z } from "zod";
import { parseCidr } from "./cidr.ts";

/** A string of a given form. The message says the rule and shows one that fits; zod's own would only quote the expression. */
const text = (form: RegExp, rule: string) => z.string({ error: rule }).regex(form, rule);

const account = text(/^\d{12}$/, "an AWS account id has 12 digits.");
const region = text(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region looks like eu-west-1.");
const subnetIds = z
  .array(text(/^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/, "a subnet id looks like subnet-0a1b2c3d4e5f67890."))
  .min(2, "load balancers and databases need subnets in two zones at least.");

const cidr = z.string({ error: "a range such as 10.20.0.0/16." }).refine((value) => {
  const range = parseCidr(value);
  return range !== undefined && range.prefix >= 16 && range.prefix <= 20;
}, "must be an IPv4 range of /16 to /20 with no bits set below the prefix, for example 10.20.0.0/16 (a VPC takes at most a /16; below /20 the subnets get too small).");

const route = text(
  /^(https:\/\/\S+|[^@\s]+@[^@\s]+\.[^@\s]+)$/,
  "an email address or an https:// webhook, for example payments-oncall@acme.example.",
);

export const teamSchema = z.strictObject({
  github: text(/^[\w.-]+\/[\w.-]+$/, "a GitHub team as organisation/slug, for example acme/shopping."),
  page: route,
  ticket: route,
  costCentre: text(/^\S.{0,63}$/, "1 to 64 characters, as finance names it."),
});

export const providedNetworkSchema = z.strictObject({
  kind: z.literal("provided"),
  vpcId: text(/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/, "a VPC id looks like vpc-0a1b2c3d4e5f67890."),
  cidr: z.string().refine((value) => parseCidr(value) !== undefined, "an IPv4 range such as 10.20.0.0/16."),
  publicSubnetIds: subnetIds,
  privateSubnetIds: subnetIds,
  isolatedSubnetIds: subnetIds,
});

export const environmentSchema = z.strictObject({
  account,
  region,
  cidr,
  zones: z
    .array(text(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, "a zone looks like eu-west-1a."))
    .min(2, "name two to four zones: one zone's loss must not take the platform with it.")
    .max(4, "name two to four zones."),
  nat: z.enum(["none", "single", "per-zone"], { error: 'one of "none", "single", "per-zone".' }).default("single"),
  protect: z.boolean({ error: "true or false: whether data and foundations are protected from deletion." }),
  budget: z.strictObject({ monthlyUsd: z.number({ error: "a number of US dollars a month." }).positive("must be over 0.") }),
  release: z
    .strictObject({
      approval: z.boolean({ error: "true or false." }).default(false),
      bake: text(/^\d+[smhd]$/, "a duration such as 10m.").default("10m"),
    })
    .prefault({}),
  gate: z.enum(["off", "warn", "enforce"], { error: 'one of "off", "warn", "enforce".' }).default("warn"),
  network: z.union([z.literal("own"), providedNetworkSchema]).default("own"),
  edge: z.strictObject({
    certificateArn: text(
      /^arn:aws[\w-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
      "an ACM certificate's ARN: arn:aws:acm:REGION:ACCOUNT:certificate/ID.",
    ),
    zoneId: text(/^Z[A-Z0-9]{3,31}$/, "a Route 53 hosted zone id looks like Z0123456789ABCDEFGHIJ."),
    internal: z.boolean({ error: "true or false: whether there is an internal load balancer too." }).default(false),
  }),
  runtimes: z
    .array(z.enum(["ecs", "kubernetes"], { error: 'one of "ecs", "kubernetes".' }))
    .min(1, "name at least one.")
    .default(["ecs"]),
});

export const platformSchema = z.strictObject({
  name: text(
    /^[a-z][a-z0-9-]{1,11}$/,
    "2 to 12 characters: lower case, digits, hyphens, a letter first (it prefixes bucket names).",
  ),
  repository: z.strictObject({
    owner: text(/^[\w.-]+$/, "the GitHub organisation or user."),
    name: text(/^[\w.-]+$/, "the repository's name without its owner."),
    ownerId: z.int({ error: "the owner's numeric id." }).positive().optional(),
    repositoryId: z.int({ error: "the repository's numeric id." }).positive().optional(),
  }),
  domain: text(/^([a-z0-9-]+\.)+[a-z]{2,}$/, "a domain name such as acme.example."),
  teams: z.record(text(/^[a-z][a-z0-9-]*$/, "a team's key is lower case, digits, hyphens."), teamSchema),
  registry: z.strictObject({ account, region }),
  environments: z.record(
    text(/^[a-z][a-z0-9-]{1,15}$/, "an environment's name has 2 to 16 characters: lower case, digits, hyphens."),
    environmentSchema,
  ),
});

/** What a fork writes: as {@link Platform}, with the defaults left out. */
export type PlatformInput = z.input<typeof platformSchema>;
