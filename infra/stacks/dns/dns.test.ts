import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createTrials } from "@fairway/planner/testing";
import { type Environment, environmentOf, type Platform, provided } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const RECORD = "aws:route53/record:Record";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";

/** The platform with another `dns` in some environments. */
function withDns(changed: Record<string, Environment["dns"]>): Platform {
  const environments = Object.entries(platform.environments).map(
    ([name, environment]) => [name, { ...environment, dns: changed[name] ?? environment.dns }] as const,
  );
  return { ...platform, environments: Object.fromEntries(environments) };
}

/** Brings up the names of an environment. */
function dns(stack: string, settings: Platform = platform) {
  const program = { module: fileURLToPath(new URL("./index.ts", import.meta.url)), args: settings };
  return trials.run({ project: "dns", stack, program });
}

describe("the names of an environment", () => {
  test("are a zone and a certificate for the domain and all names one level below, proven by one record in the zone", async () => {
    const { errors, ofType, outputs } = await dns("dev");
    expect(errors).toEqual([]);
    expect(ofType("aws:route53/zone:Zone").map(({ inputs }) => inputs.name)).toEqual(["dev.acme.example"]);
    const [certificate] = ofType("aws:acm/certificate:Certificate");
    expect(certificate?.inputs).toMatchObject({
      domainName: "dev.acme.example",
      subjectAlternativeNames: ["*.dev.acme.example"],
      validationMethod: "DNS",
    });
    const proof = ofType(RECORD).filter(({ inputs }) => inputs.type === "CNAME");
    expect(proof.map(({ inputs }) => inputs.name)).toEqual([expect.stringMatching(/^_[0-9a-f]{32}\.dev\.acme\.example\.$/)]);
    expect(outputs).toMatchObject({ domain: "dev.acme.example", certificateArn: certificate?.outputs.arn });
    expect(outputs.nameServers).toHaveLength(4);
  });

  test("cover those of an internal load balancer where there is one: a wildcard reaches one level only", async () => {
    const settings = structuredClone(platform);
    environmentOf(settings, "dev").edge = { internal: true };
    const { errors, ofType } = await dns("dev", settings);
    expect(errors).toEqual([]);
    expect(ofType("aws:acm/certificate:Certificate").map(({ inputs }) => inputs.subjectAlternativeNames)).toEqual([
      ["*.dev.acme.example", "*.internal.dev.acme.example"],
    ]);
    const proofs = ofType(RECORD).filter(({ inputs }) => inputs.type === "CNAME");
    expect(Object.fromEntries(proofs.map(({ name, inputs }) => [name, String(inputs.name).replace(/^_[0-9a-f]+/, "_")]))).toEqual(
      {
        "dns-validation": "_.dev.acme.example.",
        "dns-validation-internal": "_.internal.dev.acme.example.",
      },
    );
    expect(ofType(VALIDATION)[0]?.inputs.validationRecordFqdns).toHaveLength(2);
  });

  test("let no certificate authority but Amazon's issue for them", async () => {
    const { ofType } = await dns("dev");
    const authorities = ofType(RECORD).filter(({ inputs }) => inputs.type === "CAA");
    expect(authorities.map(({ inputs }) => [inputs.name, inputs.records])).toEqual([
      ["dev.acme.example", ['0 issue "amazon.com"']],
    ]);
  });

  test("have no validated certificate before settings name the zone's name servers: a wait for it would end in a timeout", async () => {
    const { errors, ofType, outputs } = await dns("dev", withDns({ dev: { nameServers: [] } }));
    expect(errors).toEqual([]);
    expect(ofType(VALIDATION)).toEqual([]);
    expect(outputs.certificateArn ?? null).toBeNull();
    expect(outputs.nameServers).toHaveLength(4);
  });

  test("get it by writing them down, and nothing else changes", async () => {
    const before = await dns("dev", withDns({ dev: { nameServers: [] } }));
    const { steps } = await trials.run({
      project: "dns",
      program: { module: fileURLToPath(new URL("./index.ts", import.meta.url)), args: platform },
      state: before.state,
    });
    expect(steps.filter(({ op, provider }) => op !== "same" && !provider).map(({ op, type }) => [op, type])).toEqual([
      ["create", VALIDATION],
    ]);
  });

  test("that exist are passed on as settings give them, and nothing is created", async () => {
    const given = {
      zoneId: "Z0123456789ABCDEFGHIJ",
      certificateArn: "arn:aws:acm:eu-west-1:222222222222:certificate/3a1f5f0e-6a1c-4f0a-9d53-0d7c1f6f2a01",
    };
    const { errors, resources, outputs } = await dns("dev", withDns({ dev: provided(given) }));
    expect(errors).toEqual([]);
    expect(resources).toEqual([]);
    expect(outputs).toEqual({ ...given, domain: "dev.acme.example", nameServers: [] });
  });
});

describe("the zone of the last environment, whose domain is the platform's own", () => {
  const delegated = async (settings?: Platform) => {
    const { errors, ofType } = await dns("production", settings);
    expect(errors).toEqual([]);
    return ofType(RECORD).flatMap(({ inputs }) => (inputs.type === "NS" ? [inputs.name] : []));
  };

  test("names the name servers of every other environment's zone", async () => {
    expect(await delegated()).toEqual(["dev.acme.example", "staging.acme.example"]);
  });

  test("leaves out environments whose zone is given, or whose name servers are not known yet", async () => {
    const given = provided({
      zoneId: "Z0123456789ABCDEFGHIJ",
      certificateArn: "arn:aws:acm:eu-west-1:222222222222:certificate/3a1f5f0e-6a1c-4f0a-9d53-0d7c1f6f2a01",
    });
    expect(await delegated(withDns({ dev: given, staging: { nameServers: [] } }))).toEqual([]);
  });

  test("is the only one that does", async () => {
    const { ofType } = await dns("staging");
    expect(ofType(RECORD).filter(({ inputs }) => inputs.type === "NS")).toEqual([]);
  });
});
