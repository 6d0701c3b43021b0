import { describe, expect, test } from "vitest";
import { policyDocument, serviceTrust } from "./policy.ts";

describe("a policy document", () => {
  test("allows unless a statement says otherwise", () => {
    const { Statement } = policyDocument([
      { Sid: "Read", Action: "s3:GetObject", Resource: "*" },
      { Sid: "NoDelete", Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" },
    ]);
    expect(Statement.map(({ Sid, Effect }) => [Sid, Effect])).toEqual([
      ["Read", "Allow"],
      ["NoDelete", "Deny"],
    ]);
  });

  test("of trust in a service holds for our account and its resources only", () => {
    const [statement] = serviceTrust("ecs-tasks.amazonaws.com", "222222222222", "arn:aws:ecs:eu-west-1:222222222222:*").Statement;
    expect(statement).toMatchObject({
      Principal: { Service: "ecs-tasks.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "222222222222" },
        ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-west-1:222222222222:*" },
      },
    });
  });
});
