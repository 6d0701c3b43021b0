import { definePlatform, type Platform, type Scope, scopeOf } from "@fairway/settings";

/** A platform of two environments in accounts of their own, for tests: the last one is released only when someone approves. */
export const platform: Platform = definePlatform({
  name: "acme",
  repository: { owner: "acme-chandlery", name: "platform" },
  domain: "acme.example",
  teams: {
    platform: team("acme-chandlery/platform"),
    shopping: team("acme-chandlery/shopping"),
  },
  registry: { account: "111111111111", region: "eu-west-1" },
  environments: {
    dev: environment("222222222222", "10.10.0.0/16"),
    production: { ...environment("444444444444", "10.30.0.0/16"), release: { approval: true } },
  },
});

export const dev: Scope = scopeOf(platform, "dev");

function team(github: string) {
  return { github, page: "oncall@acme.example", ticket: "desk@acme.example", costCentre: "engineering" };
}

function environment(account: string, cidr: string) {
  return {
    account,
    region: "eu-west-1",
    cidr,
    zones: ["eu-west-1a", "eu-west-1b"],
    protect: false,
    budget: { monthlyUsd: 400 },
    dns: { nameServers: ["ns-101.awsdns-12.com", "ns-602.awsdns-23.net", "ns-1103.awsdns-34.org", "ns-1704.awsdns-45.co.uk"] },
  };
}
