import { expect, test } from "vitest";
import { parse } from "yaml";
import { mergeConfig } from "./config-file.ts";

const wanted = {
  secretsprovider: "awskms://alias/acme-dev-pulumi?region=eu-west-1",
  config: { "aws:region": "eu-west-1", "aws:allowedAccountIds": ["022222222222"] },
};

test("a new file holds exactly what is wanted, account ids with their leading zero", () => {
  expect(parse(mergeConfig("", wanted, "f").text)).toEqual(wanted);
});

test("what a file holds besides is kept: comments, keys, secrets, imports, other configuration", () => {
  const existing = [
    "# ours",
    "encryptedkey: AQICAHg=",
    "environment: [acme/dev]",
    "somethingNew: 1",
    "config:",
    "  # why this one",
    "  catalog:token:",
    "    secure: v1:abc",
    "  aws:region: us-east-1",
    "",
  ].join("\n");
  const { text, disagreements } = mergeConfig(existing, wanted, "f");
  expect(text).toMatch(/^# ours\n/);
  expect(text).toContain("# why this one");
  expect(parse(text)).toEqual({
    encryptedkey: "AQICAHg=",
    environment: ["acme/dev"],
    somethingNew: 1,
    secretsprovider: wanted.secretsprovider,
    config: { ...wanted.config, "catalog:token": { secure: "v1:abc" } },
  });
  expect(disagreements).toContainEqual({ key: "aws:region", found: "us-east-1", wanted: "eu-west-1" });
});

test("merging twice changes not one byte more", () => {
  const once = mergeConfig("config:\n  a:b: c\n", wanted, "f").text;
  expect(mergeConfig(once, wanted, "f")).toEqual({ text: once, disagreements: [] });
});

test("a file that is no YAML is named", () => {
  expect(() => mergeConfig("config: [", wanted, "infra/stacks/x/Pulumi.dev.yaml")).toThrow(
    /infra\/stacks\/x\/Pulumi\.dev\.yaml: /,
  );
});
