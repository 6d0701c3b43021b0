import { describe, expect, test } from "vitest";
import { interfaceServices } from "./endpoint-services.ts";

describe("interface endpoints", () => {
  test.each(["single", "per-zone"] as const)("are none with NAT %s: they would cost more than the gateway", (nat) => {
    expect(interfaceServices(nat, [])).toEqual([]);
  });

  test("are what a task needs to start where no NAT gateway leads out", () => {
    expect(interfaceServices("none", [])).toEqual(["ecr.api", "ecr.dkr", "logs", "secretsmanager"]);
  });

  test("asked for come once each, in alphabetical order, so that their order in a file changes nothing", () => {
    expect(interfaceServices("single", ["ssm", "kms", "ssm"])).toEqual(["kms", "ssm"]);
  });

  test("asked for without NAT must hold what tasks need: the message names what is missing and the ways out", () => {
    expect(() => interfaceServices("none", ["ecr.api", "logs"])).toThrow(
      /endpoints for ecr\.dkr, secretsmanager.*network:interfaceEndpoints.*`nat`/,
    );
  });
});
