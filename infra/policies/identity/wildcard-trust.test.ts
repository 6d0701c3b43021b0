import type { Json, JsonMap } from "@fairway/resources";
import { describe, expect, test } from "vitest";
import settings from "../../../platform.config.ts";
import { judging, resource } from "../testing/judge.ts";

const { judge } = judging(settings);

const GITHUB = "token.actions.githubusercontent.com";
const PROVIDER = { Federated: `arn:aws:iam::222222222222:oidc-provider/${GITHUB}` };
const AUD = { [`${GITHUB}:aud`]: "sts.amazonaws.com" };
const SUB = { [`${GITHUB}:sub`]: "repo:acme/shop:environment:production" };

function trusted(Principal: Json, Action: Json, Condition: JsonMap = {}): string[] {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, Condition }] };
  return judge("wildcard-trust", resource("aws:iam/role:Role", "role", { assumeRolePolicy: JSON.stringify(document) }));
}

describe("a token", () => {
  test.each<[string, Json]>([
    ["the action", "sts:AssumeRoleWithWebIdentity"],
    ["the action in another case", "STS:assumerolewithwebidentity"],
    ["a pattern of it", "sts:AssumeRoleWith*"],
    ["every action of its service", ["sts:TagSession", "sts:*"]],
    ["every action", "*"],
  ])("without conditions is refused for %s", (_, action) => {
    expect(trusted(PROVIDER, action)).toEqual([
      expect.stringContaining("does not compare the token's aud"),
      expect.stringContaining("does not compare the token's sub"),
    ]);
  });

  test("with its audience and subject written out is taken", () => {
    expect(trusted(PROVIDER, "sts:*", { StringEquals: { ...AUD, ...SUB } })).toEqual([]);
    expect(trusted(PROVIDER, "sts:*", { StringEquals: AUD, StringEqualsIgnoreCase: SUB })).toEqual([]);
  });

  test("is not asked for where only SAML is taken", () => {
    expect(trusted({ Federated: "arn:aws:iam::222222222222:saml-provider/people" }, "sts:*")).toEqual([]);
  });

  test.each<[string, JsonMap]>([
    ["StringNotEquals", { StringNotEquals: SUB }],
    ["Null", { Null: { [`${GITHUB}:sub`]: "false" } }],
    ["StringEqualsIfExists", { StringEqualsIfExists: SUB }],
    ["ForAllValues:StringEquals", { "ForAllValues:StringEquals": SUB }],
  ])("of a subject under %s is refused: it does not bind", (_, condition) => {
    expect(trusted(PROVIDER, "sts:AssumeRoleWithWebIdentity", { StringEquals: AUD, ...condition })).toEqual([
      expect.stringContaining("does not compare the token's sub with StringEquals"),
    ]);
  });

  test.each(["StringLike", "StringLikeIfExists", "ForAnyValue:StringLike"])("of any subject under %s is refused", (operator) => {
    const any = { [operator]: { [`${GITHUB}:sub`]: "repo:acme/*" } };
    expect(trusted(PROVIDER, "sts:AssumeRoleWithWebIdentity", { StringEquals: AUD, ...any })).toEqual([
      expect.stringContaining('trusts every sub like "repo:acme/*"'),
    ]);
  });
});

describe("everybody", () => {
  test.each<[string, JsonMap]>([
    ["any organisation", { StringLike: { "aws:PrincipalOrgID": "o-*" } }],
    ["any account", { StringLike: { "aws:PrincipalAccount": "?*" } }],
    ["any network", { StringLike: { "aws:SourceVpc": "vpc-*" } }],
    ["any path of any organisation", { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-*/r-ab12/*" } }],
    ["the caller's own account", { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" } }],
    ["an ARN of any account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/deploy" } }],
  ])("is refused with %s", (_, condition) => {
    expect(trusted("*", "sts:AssumeRole", condition)).toEqual([expect.stringContaining("trusts every account")]);
  });

  test.each<[string, JsonMap]>([
    ["an organisation", { StringLike: { "aws:PrincipalOrgID": "o-0a1b2c3d4e" } }],
    ["a part of an organisation", { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-0a1b2c3d4e/r-ab12/*" } }],
    ["the roles of an account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/acme/*" } }],
  ])("of %s is taken", (_, condition) => {
    expect(trusted("*", "sts:AssumeRole", condition)).toEqual([]);
  });
});
