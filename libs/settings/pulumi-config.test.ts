import { expect, test } from "vitest";
import platform from "../../platform.config.ts";
import { environmentOf, pulumiConfig } from "./index.ts";

test("an environment's configuration pins the account, so that other credentials are refused", () => {
  const production = environmentOf(platform, "production");
  expect(pulumiConfig(platform, production)).toMatchObject({
    secretsprovider: "awskms://alias/acme-production-pulumi?region=eu-west-1",
    config: { "aws:region": "eu-west-1", "aws:allowedAccountIds": ["444444444444"] },
  });
});
