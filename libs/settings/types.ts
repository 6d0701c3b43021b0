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
  edge: { certificateArn: string; zoneId: string; internal: boolean };
  runtimes: ("ecs" | "kubernetes")[];
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
