import { expect, test } from "vitest";
import type { Statement } from "../index.ts";
import { unknownNames } from "./known-names.ts";

const problems = (statement: Partial<Statement>) =>
  unknownNames([
    {
      name: "sample",
      document: {
        Version: "2012-10-17",
        Statement: { Sid: "One", Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement },
      },
    },
  ]);

test("names that AWS has are known, in any case and by pattern, and GitHub's claims", async () => {
  expect(
    await problems({
      Action: ["s3:getobject", "ecs:Describe*", "*"],
      Resource: "arn:aws:s3:::${aws:PrincipalTag/team, 'none'}/${*}",
      Condition: {
        StringEquals: {
          "aws:ResourceTag/team": "${aws:PrincipalTag/team}",
          "token.actions.githubusercontent.com:sub": "repo:a/b:c",
        },
        "ForAnyValue:StringLike": { "dynamodb:LeadingKeys": "dev#*", "kms:ResourceAliases": "alias/a" },
      },
    }),
  ).toEqual([]);
});

test.each([
  [{ Action: "s3:GetObjects" }, "sample, statement One: no action is called s3:GetObjects"],
  [{ Action: "s4:GetObject" }, 'sample, statement One: there is no service "s4" (s4:GetObject)'],
  [
    { Condition: { StringEquals: { "dynamodb:LeadingKey": "a" } } },
    "sample, statement One: no condition key is called dynamodb:LeadingKey",
  ],
  [{ Resource: "${aws:PrincipalTags/team}" }, "sample, statement One: no condition key is called aws:PrincipalTags/team"],
])("%j is told of", async (statement, problem) => {
  expect(await problems(statement)).toEqual([problem]);
});
