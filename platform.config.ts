import { definePlatform } from "@fairway/settings";

/** Acme Chandlery, a fictional ship supplier. A fork edits this file and runs `npx fairway config`. */
export default definePlatform({
  name: "acme",
  repository: { owner: "acme-chandlery", name: "platform" },
  domain: "acme.example",
  teams: {
    platform: {
      github: "acme-chandlery/platform",
      page: "platform-oncall@acme.example",
      ticket: "platform@acme.example",
      costCentre: "engineering",
    },
    shopping: {
      github: "acme-chandlery/shopping",
      page: "shopping-oncall@acme.example",
      ticket: "shopping@acme.example",
      costCentre: "shop",
    },
  },
  registry: { account: "111111111111", region: "eu-west-1" },
  environments: {
    dev: {
      account: "222222222222",
      region: "eu-west-1",
      cidr: "10.10.0.0/16",
      zones: ["eu-west-1a", "eu-west-1b"],
      nat: "single",
      protect: false,
      budget: { monthlyUsd: 400 },
      gate: "off",
      edge: {
        certificateArn: "arn:aws:acm:eu-west-1:222222222222:certificate/3a1f5f0e-6a1c-4f0a-9d53-0d7c1f6f2a01",
        zoneId: "Z0DEV00000000000EXAMPLE",
      },
    },
    staging: {
      account: "333333333333",
      region: "eu-west-1",
      cidr: "10.20.0.0/16",
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      nat: "single",
      protect: false,
      budget: { monthlyUsd: 800 },
      gate: "warn",
      edge: {
        certificateArn: "arn:aws:acm:eu-west-1:333333333333:certificate/9b8e4c57-52de-4a38-8a9e-5f3b0f5d7c02",
        zoneId: "Z0STAGING0000000EXAMPLE",
      },
    },
    production: {
      account: "444444444444",
      region: "eu-west-1",
      cidr: "10.30.0.0/16",
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      nat: "per-zone",
      protect: true,
      budget: { monthlyUsd: 2000 },
      release: { approval: true, bake: "10m" },
      gate: "enforce",
      edge: {
        certificateArn: "arn:aws:acm:eu-west-1:444444444444:certificate/c6a7d1b2-8f4e-4b7a-bb1d-7e2a90c4d303",
        zoneId: "Z0PRODUCTION0000EXAMPLE",
      },
    },
  },
});
