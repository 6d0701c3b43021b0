/** A platform as a fork declares it in platform.config.ts. See `definePlatform`. */
export interface Platform {
  /** Prefix of names that must be unique, for example buckets: lower case, digits, hyphens, at most 12 characters. */
  name: string;
  repository: Repository;
  /** Domain that the environments' names hang from, for example `acme.example`. */
  domain: string;
  /** By name. A service's `owner` is one of them. */
  teams: Record<string, Team>;
  /** Where images and deployment records live: one for all environments. */
  registry: { account: string; region: string };
  /** Where CI jobs run: GitHub's own machines, outside the network, or CodeBuild inside it. */
  runners: "github" | "codebuild";
  /** By name, in promotion order: two, three or four. */
  environments: Record<string, Environment>;
}

/** The GitHub repository. The numeric ids appear in OIDC subjects of repositories made after 2026-07-15. */
export interface Repository {
  owner: string;
  name: string;
  ownerId?: number;
  repositoryId?: number;
}

export interface Team {
  /** GitHub team, `organisation/slug`. */
  github: string;
  /** Where a page goes: an email address or an HTTPS webhook. */
  page: string;
  ticket: string;
  /** Slack channel in which Amazon Q Developer shows alarms, by the ids that Slack gives. */
  chat?: { workspace: string; channel: string };
  costCentre: string;
}

export interface Environment {
  /** The key under which it stands in `environments`. */
  name: string;
  /** AWS account id, 12 digits. */
  account: string;
  region: string;
  /** IPv4 range of the VPC, /16 to /20; no two environments overlap. */
  cidr: string;
  /** Availability zones by name, for example `eu-west-1a`: two to four. */
  zones: string[];
  nat: "none" | "single" | "per-zone";
  /** Whether stateful and foundation resources are protected from deletion. */
  protect: boolean;
  budget: { monthlyUsd: number };
  release: { approval: boolean; bake: string };
  gate: "off" | "warn" | "enforce";
  /** Our own network stack, or one that exists. */
  network: "own" | ProvidedNetwork;
  dns: OwnDns | ProvidedDns;
  edge: OwnEdge | ProvidedEdge;
  runtimes: ("ecs" | "kubernetes")[];
  /** What `runtimes` with "kubernetes" stand on. */
  kubernetes: OwnKubernetes | ProvidedKubernetes;
  observability: { prometheus: boolean; logDays: number };
}

/** What stacks of one name share: an account, a region, a state backend. An environment is one; what environments share is another. */
export interface Scope {
  /** Name of the stacks: an environment's, or "shared". */
  name: string;
  account: string;
  region: string;
}

/** Our own hosted zone for the environment's names. */
export interface OwnDns {
  /**
   * The zone's name servers, once the zone above names them: a certificate is validated only then, so they are written here after
   * the first `pulumi up` of the stack. Empty until then. Production's zone delegates to the other environments by these.
   */
  nameServers: string[];
}

/** A zone and a certificate that exist. */
export interface ProvidedDns {
  kind: "provided";
  zoneId: string;
  /** In the environment's account and region, for the environment's domain and `*.` of it. */
  certificateArn: string;
}

/** Our own load balancers. */
export interface OwnEdge {
  /** Whether there is an internal load balancer beside the public one. */
  internal: boolean;
}

/** Load balancers that exist: the same outputs as our own stack's. */
export interface ProvidedEdge {
  kind: "provided";
  public: ProvidedLoadBalancer;
  internal: ProvidedLoadBalancer | null;
}

export interface ProvidedLoadBalancer {
  arn: string;
  dnsName: string;
  /** Hosted zone of `dnsName`. */
  zoneId: string;
  /** Its HTTPS listener. */
  listenerArn: string;
  securityGroupId: string;
  /** Host name that leads to it. */
  host: string;
}

/** Our own EKS cluster. */
export interface OwnKubernetes {
  /** Minor version, for example "1.35". */
  version: string;
  /** Ranges that may reach the API from outside the network, besides holding IAM credentials. Not used with runners in the network. */
  clients: string[];
}

/** An EKS cluster that exists, with Auto Mode. */
export interface ProvidedKubernetes {
  kind: "provided";
  clusterName: string;
  clusterArn: string;
  endpoint: string;
  /** Base64, as `aws eks describe-cluster` gives it. */
  certificateAuthority: string;
  /** The cluster's own security group, which its nodes carry. */
  securityGroupId: string;
}

/** A network that exists: the same outputs as our own stack's. Made by `provided()`. */
export interface ProvidedNetwork {
  kind: "provided";
  vpcId: string;
  cidr: string;
  publicSubnetIds: string[];
  privateSubnetIds: string[];
  isolatedSubnetIds: string[];
}
