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
  chat: z
    .strictObject({
      workspace: text(/^T[A-Z0-9]{6,}$/, "a Slack workspace's id, for example T0123ABCD."),
      channel: text(/^C[A-Z0-9]{6,}$/, "a Slack channel's id, for example C0123ABCD."),
    })
    .optional(),
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

const arn = (service: string, rule: string) => text(new RegExp(`^arn:aws[\\w-]*:${service}:[a-z0-9-]+:\\d{12}:.+$`), rule);
const zoneId = text(/^Z[A-Z0-9]{3,31}$/, "a Route 53 hosted zone id looks like Z0123456789ABCDEFGHIJ.");
const securityGroupId = text(/^sg-([0-9a-f]{8}|[0-9a-f]{17})$/, "a security group's id looks like sg-0a1b2c3d4e5f67890.");
const host = text(/^([a-z0-9-]+\.)+[a-z]{2,}$/, "a host name such as dev.acme.example.");
const anyCidr = z
  .string({ error: "a range such as 203.0.113.0/24." })
  .refine((value) => parseCidr(value) !== undefined, "an IPv4 range such as 203.0.113.0/24.");

/** Our own form of what can also be provided: it says no kind. */
const OWN = z.undefined().optional();

const ownDnsSchema = z.strictObject({
  kind: OWN,
  nameServers: z.array(host).max(4, "a hosted zone has four name servers.").default([]),
});

const providedDnsSchema = z.strictObject({
  kind: z.literal("provided"),
  zoneId,
  certificateArn: arn("acm", "an ACM certificate's ARN: arn:aws:acm:REGION:ACCOUNT:certificate/ID."),
});

const ownEdgeSchema = z.strictObject({
  kind: OWN,
  internal: z.boolean({ error: "true or false: whether there is an internal load balancer too." }).default(false),
});

const providedLoadBalancerSchema = z.strictObject({
  arn: arn(
    "elasticloadbalancing",
    "a load balancer's ARN: arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID.",
  ),
  dnsName: host,
  zoneId,
  listenerArn: arn(
    "elasticloadbalancing",
    "a listener's ARN: arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID.",
  ),
  securityGroupId,
  host,
});

const providedEdgeSchema = z.strictObject({
  kind: z.literal("provided"),
  public: providedLoadBalancerSchema,
  internal: providedLoadBalancerSchema.nullable().default(null),
});

const ownKubernetesSchema = z.strictObject({
  kind: OWN,
  version: text(/^1\.\d{2}$/, 'a minor version such as "1.35".').default("1.35"),
  clients: z.array(anyCidr).default([]),
});

const providedKubernetesSchema = z.strictObject({
  kind: z.literal("provided"),
  clusterName: text(/^[0-9A-Za-z][\w-]{0,99}$/, "a cluster's name: letters, digits, hyphens, underscores, at most 100."),
  clusterArn: arn("eks", "a cluster's ARN: arn:aws:eks:REGION:ACCOUNT:cluster/NAME."),
  endpoint: text(/^https:\/\/\S+$/, "the cluster's endpoint: https://…"),
  certificateAuthority: text(/^[A-Za-z0-9+/]+=*$/, "the certificate authority's data, base64."),
  securityGroupId,
});

/** PutRetentionPolicy, Amazon CloudWatch Logs API reference, 2026-09. */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

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
  dns: z.discriminatedUnion("kind", [ownDnsSchema, providedDnsSchema]).prefault({}),
  edge: z.discriminatedUnion("kind", [ownEdgeSchema, providedEdgeSchema]).prefault({}),
  runtimes: z
    .array(z.enum(["ecs", "kubernetes"], { error: 'one of "ecs", "kubernetes".' }))
    .min(1, "name at least one.")
    .default(["ecs"]),
  kubernetes: z.discriminatedUnion("kind", [ownKubernetesSchema, providedKubernetesSchema]).prefault({}),
  observability: z
    .strictObject({
      prometheus: z.boolean({ error: "true or false: whether there is a Prometheus workspace too." }).default(false),
      logDays: z.literal(LOG_DAYS, { error: `days that CloudWatch Logs can keep: ${LOG_DAYS.join(", ")}.` }).default(30),
    })
    .prefault({}),
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
  runners: z.enum(["github", "codebuild"], { error: 'one of "github", "codebuild".' }).default("github"),
  environments: z.record(
    text(/^[a-z][a-z0-9-]{1,15}$/, "an environment's name has 2 to 16 characters: lower case, digits, hyphens."),
    environmentSchema,
  ),
});

/** What a fork writes: as {@link Platform}, with the defaults left out. */
export type PlatformInput = z.input<typeof platformSchema>;
