import { describe, expect, test } from "vitest";
import { imageStatements } from "./image-access.ts";
import { recordStatements } from "./record-access.ts";

const TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/acme-deployments";
const role = (account: string, name: string) => `arn:aws:iam::${account}:role/acme/ci/${name}`;

describe("the policy of a repository", () => {
  const publisher = role("111111111111", "acme-shared-publish");
  const statements = imageStatements({
    pullers: {
      "444444444444": "arn:aws:iam::444444444444:role/acme/*",
      "222222222222": "arn:aws:iam::222222222222:role/acme/*",
    },
    publisher,
  });
  const actions = (sid: string) => statements.filter(({ Sid }) => Sid === sid).flatMap(({ Action }) => Action);

  test("lets only the platform's roles of each account pull, and gives them nothing that writes", () => {
    expect(statements[0]).toMatchObject({
      Principal: { AWS: ["arn:aws:iam::222222222222:root", "arn:aws:iam::444444444444:root"] },
      Condition: {
        ArnLike: {
          "aws:PrincipalArn": ["arn:aws:iam::222222222222:role/acme/*", "arn:aws:iam::444444444444:role/acme/*"],
        },
      },
    });
    expect(actions("Pull").filter((action) => /Put|Upload|Delete|Set|\*/.test(action))).toEqual([]);
  });

  test("lets one role push, and refuses all others whatever their own policies say", () => {
    expect(statements.find(({ Sid }) => Sid === "Push")?.Condition).toEqual({ ArnEquals: { "aws:PrincipalArn": publisher } });
    expect(statements.find(({ Effect }) => Effect === "Deny")).toMatchObject({
      Principal: "*",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": publisher } },
    });
    expect(actions("OnlyPublishPushes")).toContain("ecr:PutImage");
  });

  test("names no role as a principal: AWS would refuse it while the role does not exist", () => {
    expect(JSON.stringify(statements.map(({ Principal }) => Principal))).not.toContain(":role/");
  });
});

describe("the policy of the records", () => {
  const statements = recordStatements(TABLE, {
    writers: [
      { environment: "dev", account: "222222222222", roles: [role("222222222222", "acme-dev-deploy-shopping")] },
      {
        environment: "pre-production",
        account: "444444444444",
        roles: [role("444444444444", "acme-pre-production-deploy-shopping")],
      },
    ],
    readers: { "222222222222": role("222222222222", "*") },
  });
  const granted = statements.filter(({ Effect }) => Effect !== "Deny");

  test("lets an environment's roles write keys of that environment only, and asks that there is a key at all", () => {
    expect(statements.find(({ Sid }) => Sid === "WriteDev")).toEqual({
      Sid: "WriteDev",
      Principal: { AWS: "arn:aws:iam::222222222222:root" },
      Action: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
      Resource: TABLE,
      Condition: {
        ArnEquals: { "aws:PrincipalArn": [role("222222222222", "acme-dev-deploy-shopping")] },
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "dev#*" },
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    });
  });

  test("refuses everyone else every way of writing that environment's keys", () => {
    const refused = statements.find(({ Sid }) => Sid === "OnlyItsOwnWritePreProduction");
    expect(refused).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Condition: {
        ArnNotEquals: { "aws:PrincipalArn": [role("444444444444", "acme-pre-production-deploy-shopping")] },
        "ForAnyValue:StringLike": { "dynamodb:LeadingKeys": "pre-production#*" },
      },
    });
    expect(refused?.Action).toEqual(expect.arrayContaining(granted.find(({ Sid }) => Sid === "WriteDev")?.Action as string[]));
  });

  test("grants nobody to delete, and refuses it to all without condition", () => {
    expect(granted.flatMap(({ Action }) => Action).filter((action) => /Delete|Batch(?!Get)|\*/.test(action))).toEqual([]);
    const { Condition, ...refused } = statements.at(-1) ?? {};
    expect(refused).toMatchObject({ Effect: "Deny", Principal: "*", Action: expect.arrayContaining(["dynamodb:DeleteItem"]) });
    expect(Condition).toBeUndefined();
  });

  test("has an id of letters and digits for each statement, none twice", () => {
    const ids = statements.map(({ Sid }) => Sid);
    expect(ids.filter((id) => !/^[A-Za-z0-9]+$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
