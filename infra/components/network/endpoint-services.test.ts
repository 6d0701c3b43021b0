import { describe, expect, test } from "vitest";
import { interfaceServices } from "./endpoint-services.ts";

describe("interface endpoints", () => {
  test.each(["single", "per-zone"] as const)("are none with NAT %s: they would cost more than the gateway", (nat) => {
    expect(interfaceServices({ nat, runtimes: ["ecs", "kubernetes"] }, [])).toEqual([]);
  });

  test("are what a task needs to start where no NAT gateway leads out", () => {
    expect(interfaceServices({ nat: "none", runtimes: ["ecs"] }, [])).toEqual([
      "ecr.api",
      "ecr.dkr",
      "logs",
      "secretsmanager",
      "ssm",
    ]);
  });

  test("are what a private cluster needs, where that is what runs", () => {
    expect(interfaceServices({ nat: "none", runtimes: ["kubernetes"] }, [])).toEqual([
      "ec2",
      "ecr.api",
      "ecr.dkr",
      "eks",
      "eks-auth",
      "elasticloadbalancing",
      "logs",
      "sts",
    ]);
  });

  test("come once each where both runtimes need them", () => {
    const services = interfaceServices({ nat: "none", runtimes: ["ecs", "kubernetes"] }, []);
    expect(services.filter((service) => service.startsWith("ecr"))).toEqual(["ecr.api", "ecr.dkr"]);
    expect(services).toEqual(expect.arrayContaining(["secretsmanager", "eks-auth"]));
  });

  test("asked for come once each, in alphabetical order, so that their order in a file changes nothing", () => {
    expect(interfaceServices({ nat: "single", runtimes: ["ecs"] }, ["ssm", "kms", "ssm"])).toEqual(["kms", "ssm"]);
  });

  test("asked for without NAT must hold what tasks need: the message names what is missing and the ways out", () => {
    expect(() => interfaceServices({ nat: "none", runtimes: ["ecs"] }, ["ecr.api", "logs"])).toThrow(
      /endpoints for ecr\.dkr, secretsmanager, ssm.*network:interfaceEndpoints.*`nat`/,
    );
  });
});
