import { expect, test } from "vitest";
import platform from "../../../../../platform.config.ts";
import { plannedNeeds } from "./planned-needs.ts";

test("what the last environment needs is counted from its own plan: a network, an address for each NAT gateway, its services' tasks", async () => {
  const environment = Object.values(platform.environments).at(-1)!;
  const needs = await plannedNeeds(platform, environment.name);
  expect(needs).toMatchObject({ vpcs: 1, addresses: environment.nat === "per-zone" ? environment.zones.length : 1 });
  expect(needs.instanceCpu > 0).toBe(environment.runtimes.includes("kubernetes"));
  for (const count of [needs.fargateCpu, needs.rulesPerLoadBalancer, needs.targetGroups, needs.alarms])
    expect(count).toBeGreaterThan(0);
});
