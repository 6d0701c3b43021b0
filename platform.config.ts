import { definePlatform } from "@fairway/settings";

/** From where jobs and people reach a cluster's API: the fixed addresses of GitHub's larger runners, and the office. */
const CI_ADDRESSES = ["203.0.113.0/28", "198.51.100.10/32"];

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
      dns: {
        nameServers: ["ns-101.awsdns-12.com", "ns-602.awsdns-23.net", "ns-1103.awsdns-34.org", "ns-1704.awsdns-45.co.uk"],
      },
      runtimes: ["ecs", "kubernetes"],
      kubernetes: { clients: CI_ADDRESSES },
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
      dns: {
        nameServers: ["ns-204.awsdns-12.com", "ns-705.awsdns-23.net", "ns-1206.awsdns-34.org", "ns-1807.awsdns-45.co.uk"],
      },
      runtimes: ["ecs", "kubernetes"],
      kubernetes: { clients: CI_ADDRESSES },
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
      dns: {
        nameServers: ["ns-307.awsdns-12.com", "ns-808.awsdns-23.net", "ns-1309.awsdns-34.org", "ns-1910.awsdns-45.co.uk"],
      },
      runtimes: ["ecs", "kubernetes"],
      kubernetes: { clients: CI_ADDRESSES },
    },
  },
});
