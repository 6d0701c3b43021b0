import { expect, test } from "vitest";
import platform from "../../platform.config.ts";
import { environmentOf, mergePulumiConfig, pulumiConfig } from "./index.ts";

const production = environmentOf(platform, "production");

test("an environment's configuration pins the account, so that other credentials are refused", () => {
  expect(pulumiConfig(platform, production).config).toMatchObject({
    "aws:region": "eu-west-1",
    "aws:allowedAccountIds": ["444444444444"],
  });
});

test("what a file holds besides is kept: keys, secrets, imports, other configuration", () => {
  const existing = {
    encryptedkey: "AQICAHg=",
    environment: ["acme/production"],
    somethingNew: 1,
    config: { "catalog:image": "x@sha256:1", "catalog:token": { secure: "v1:abc" }, "aws:region": "us-east-1" },
  };
  const merged = mergePulumiConfig(existing, pulumiConfig(platform, production));
  expect(merged).toMatchObject({ ...existing, config: { ...existing.config, "aws:region": "eu-west-1" } });
});

test("merging twice changes nothing more", () => {
  const wanted = pulumiConfig(platform, production);
  const once = mergePulumiConfig({ config: { "a:b": "c" } }, wanted);
  expect(mergePulumiConfig(once, wanted)).toEqual(once);
});
