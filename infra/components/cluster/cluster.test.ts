import { expect, test } from "vitest";
import { sessionKeyStatements } from "./cluster.ts";

test("the session key serves the account's own policies, and CloudWatch Logs for the one log group only", () => {
  const [account, logs] = sessionKeyStatements({ account: "222222222222", region: "eu-west-1" }, "/acme-dev/sessions");
  expect(account?.Principal).toEqual({ AWS: "arn:aws:iam::222222222222:root" });
  expect(logs).toMatchObject({
    Principal: { Service: "logs.eu-west-1.amazonaws.com" },
    Condition: {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:222222222222:log-group:/acme-dev/sessions",
      },
    },
  });
  expect(logs?.Action).not.toContain("kms:*");
});
