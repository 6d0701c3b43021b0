/** The environments of ../../platform.config.ts, as far as the stacks here need them. */
export interface Environment {
  name: string;
  account: string;
  region: string;
  cidr: string;
  zones: string[];
  natGateways: number;
  protect: boolean;
  host: string;
  certificateArn: string;
  zoneId: string;
  minTasks: number;
  maxTasks: number;
}

const region = "eu-west-1";
const zones = (...letters: string[]) => letters.map((letter) => `${region}${letter}`);

export const environments: Environment[] = [
  {
    name: "dev",
    account: "222222222222",
    region,
    cidr: "10.10.0.0/16",
    zones: zones("a", "b"),
    natGateways: 1,
    protect: false,
    host: "dev.acme.example",
    certificateArn: `arn:aws:acm:${region}:222222222222:certificate/3a1f5f0e-6a1c-4f0a-9d53-0d7c1f6f2a01`,
    zoneId: "Z0DEV00000000000EXAMPLE",
    minTasks: 1,
    maxTasks: 2,
  },
  {
    name: "staging",
    account: "333333333333",
    region,
    cidr: "10.20.0.0/16",
    zones: zones("a", "b", "c"),
    natGateways: 1,
    protect: false,
    host: "staging.acme.example",
    certificateArn: `arn:aws:acm:${region}:333333333333:certificate/9b8e4c57-52de-4a38-8a9e-5f3b0f5d7c02`,
    zoneId: "Z0STAGING0000000EXAMPLE",
    minTasks: 2,
    maxTasks: 10,
  },
  {
    name: "production",
    account: "444444444444",
    region,
    cidr: "10.30.0.0/16",
    zones: zones("a", "b", "c"),
    natGateways: 3,
    protect: true,
    host: "acme.example",
    certificateArn: `arn:aws:acm:${region}:444444444444:certificate/c6a7d1b2-8f4e-4b7a-bb1d-7e2a90c4d303`,
    zoneId: "Z0PRODUCTION0000EXAMPLE",
    minTasks: 2,
    maxTasks: 10,
  },
];
