import { describe, expect, test } from "vitest";
import { logDeliveryStatements } from "./log-bucket.ts";

const statements = logDeliveryStatements("arn:aws:s3:::logs", { account: "222222222222", prefixes: ["public", "internal"] });

describe("the policy of a log bucket", () => {
  test("lets load balancers of our account write, each into its folder, and do nothing else", () => {
    expect(statements.filter((statement) => statement.Effect !== "Deny")).toEqual([
      {
        Sid: "WriteAccessLogs",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: ["arn:aws:s3:::logs/internal/AWSLogs/222222222222/*", "arn:aws:s3:::logs/public/AWSLogs/222222222222/*"],
      },
    ]);
  });

  test("refuses whoever comes without TLS, to the bucket and to what is in it", () => {
    expect(statements.find((statement) => statement.Effect === "Deny")).toMatchObject({
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });
});
