/** What every account of ../../platform.config.ts is given, as far as the stacks here need it. */
export interface Scope {
  /** An environment's name, or "shared". */
  name: string;
  account: string;
  region: string;
  monthlyUsd: number;
  /** Roles of CI besides those of the platform. */
  ciRoles: { name: string; subject: string; manages: "team" | "images" }[];
}

export interface Environment extends Scope {
  cidr: string;
  /** Of the public subnets, in the order of the zones. */
  publicCidrs: string[];
  zones: string[];
  natGateways: number;
  protect: boolean;
  host: string;
  /** Names below its zone that other environments' zones answer for. */
  delegations: { name: string; nameServers: string[] }[];
  minTasks: number;
  maxTasks: number;
}

export const PLATFORM = "acme";
export const REPOSITORY = "acme-chandlery/platform";

/** Teams and the address that each of their alarms goes to. */
export const TEAMS = { platform: "platform@acme.example", shopping: "shopping@acme.example" };
export type Team = keyof typeof TEAMS;

/** Where Route 53 keeps what it measures, and so where its alarms are. */
export const GLOBAL_REGION = "us-east-1";

const region = "eu-west-1";
const zones = (...letters: string[]) => letters.map((letter) => `${region}${letter}`);
const publicCidrs = (network: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${network}.${index * 64 + 32}.0/20`);
const nameServers = (first: number) =>
  ["com", "net", "org", "co.uk"].map((end, index) => `ns-${first + index * 500}.awsdns-${index}.${end}`);
const shopping = (name: string) => ({
  name: "deploy-shopping",
  subject: `environment:${name}-shopping`,
  manages: "team" as const,
});

export const shared: Scope = {
  name: "shared",
  account: "111111111111",
  region,
  monthlyUsd: 50,
  ciRoles: [{ name: "publish", subject: "environment:publish", manages: "images" }],
};

export const environments: Environment[] = [
  {
    name: "dev",
    account: "222222222222",
    region,
    monthlyUsd: 400,
    ciRoles: [shopping("dev"), { name: "deploy-preview", subject: "environment:preview", manages: "team" }],
    cidr: "10.10.0.0/16",
    publicCidrs: publicCidrs("10.10", 2),
    zones: zones("a", "b"),
    natGateways: 1,
    protect: false,
    host: "dev.acme.example",
    delegations: [],
    minTasks: 1,
    maxTasks: 2,
  },
  {
    name: "staging",
    account: "333333333333",
    region,
    monthlyUsd: 800,
    ciRoles: [shopping("staging")],
    cidr: "10.20.0.0/16",
    publicCidrs: publicCidrs("10.20", 3),
    zones: zones("a", "b", "c"),
    natGateways: 1,
    protect: false,
    host: "staging.acme.example",
    delegations: [],
    minTasks: 2,
    maxTasks: 10,
  },
  {
    name: "production",
    account: "444444444444",
    region,
    monthlyUsd: 2000,
    ciRoles: [shopping("production")],
    cidr: "10.30.0.0/16",
    publicCidrs: publicCidrs("10.30", 3),
    zones: zones("a", "b", "c"),
    natGateways: 3,
    protect: true,
    host: "acme.example",
    delegations: [
      { name: "dev", nameServers: nameServers(101) },
      { name: "staging", nameServers: nameServers(202) },
    ],
    minTasks: 2,
    maxTasks: 10,
  },
];
