import { describe, expect, test } from "vitest";
import { defineService, forEnvironment, hours, isFargateSize, seconds, type ServiceInput } from "./index.ts";

const minimal: ServiceInput = {
  name: "catalog",
  owner: "shopping",
  description: "Lists what is for sale.",
  http: { port: 8080, paths: ["/catalog"], healthPath: "/healthz" },
};

describe("a service contract", () => {
  test("is pure data: it survives JSON unchanged", () => {
    const contract = defineService(minimal);
    expect(JSON.parse(JSON.stringify(contract))).toEqual(contract);
  });

  test("defaults to two tasks of the smallest size on ARM", () => {
    expect(defineService(minimal)).toMatchObject({
      runtime: "ecs",
      size: { cpu: 0.25, memory: 0.5, architecture: "arm64" },
      scale: { min: 2 },
    });
  });

  test.each<[string, Partial<ServiceInput>, RegExp]>([
    [
      "a size that Fargate lacks",
      { size: { cpu: 0.25, memory: 4 } },
      /size\.memory {3}4[^]*with 0\.25 vCPU Fargate offers 0\.5, 1, 2 GiB/,
    ],
    ["no route", { http: { port: 8080, healthPath: "/healthz" } }, /needs paths, hosts or both/],
    ["a privileged port", { http: { ...minimal.http, port: 80 } }, /http\.port {3}80[^]*ports below 1024 need root/],
    ["a drain that ALB does not take", { http: { ...minimal.http, drain: "2h" } }, /http\.drain {3}"2h"[^]*at most 1h/],
    ["six paths", { http: { ...minimal.http, paths: ["/a", "/b", "/c", "/d", "/e", "/f"] } }, /at most five/],
    ["its own PORT", { environment: { PORT: "1" } }, /PORT and HOST are set by the platform/],
    ["a variable that is a secret too", { environment: { KEY: "a" }, secrets: { KEY: "acme/key" } }, /secrets\.KEY[^]*keep one/],
    ["min over max", { scale: { min: 3, max: 2 } }, /min is over max/],
    ["a misspelt field", { onwer: "x" } as Partial<ServiceInput>, /onwer/],
  ])("refuses %s", (_, change, expected) => {
    expect(() => defineService({ ...minimal, ...change })).toThrow(expected);
  });

  test("reports every wrong field at once", () => {
    expect(() => defineService({ ...minimal, name: "X", scale: { min: 0, max: 1 } })).toThrow(/2 fields can't be used/);
  });

  test("in an environment has its overrides: fields replaced, variables merged", () => {
    const contract = defineService({
      ...minimal,
      environment: { LOG_LEVEL: "info", REGION: "north" },
      overrides: { dev: { scale: { min: 1, max: 1 }, environment: { LOG_LEVEL: "debug" } } },
    });
    expect(forEnvironment(contract, "dev")).toMatchObject({
      scale: { min: 1, max: 1 },
      environment: { LOG_LEVEL: "debug", REGION: "north" },
    });
    expect(forEnvironment(contract, "production").environment).toEqual({ LOG_LEVEL: "info", REGION: "north" });
  });
});

describe("durations", () => {
  test.each([
    ["90s", 90],
    ["5m", 300],
    ["12h", 43_200],
    ["28d", 2_419_200],
  ] as const)("%s are %i seconds", (duration, expected) => {
    expect(seconds(duration)).toBe(expected);
  });

  test("28 days are 672 hours", () => expect(hours("28d")).toBe(672));

  test("say how they are written when they are not", () => {
    expect(() => seconds("soon" as never)).toThrow(/no duration: write a number and s, m, h or d/);
  });
});

test.each([
  [0.25, 2, true],
  [0.25, 3, false],
  [8, 20, true],
  [8, 18, false],
  [16, 40, true],
])("Fargate with %d vCPU and %d GiB: %s", (cpu, memory, expected) => {
  expect(isFargateSize(cpu, memory)).toBe(expected);
});
