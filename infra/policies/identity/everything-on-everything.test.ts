import type { Json } from "@fairway/resources";
import { permissionsBoundary } from "@fairway/settings";
import { expect, test } from "vitest";
import settings from "../../../platform.config.ts";
import { judging, resource } from "../testing/judge.ts";

const { judge, production } = judging(settings);

const { account, region } = production;
const boundary = permissionsBoundary(settings, production);
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

function allowed(Action: Json, Resource: Json): string[] {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
  return judge("everything-on-everything", resource("aws:iam/rolePolicy:RolePolicy", "policy", { policy }));
}

test.each(["*", "*:*", "?*"])("the actions %s are every action", (action) => {
  expect(allowed(action, "*")).toEqual([expect.stringContaining("every action on every resource")]);
});

test.each([
  "*",
  "arn:*",
  "arn:aws:*",
  "arn:aws:*:*:*:*",
  "arn:*:*:*:*:*",
  "*:*",
  `arn:aws:*:${region}:${account}:*`,
  "arn:aws:*/*",
])("%s is every resource", (pattern) => {
  expect(allowed("*", pattern)).toHaveLength(1);
});

test.each([
  "arn:aws:s3:::*",
  `arn:aws:dynamodb:*:${account}:*`,
  "arn:aws:*:*:*:log-group:/acme/*",
  "arn:aws:s3:::${aws:PrincipalTag/team}/*",
  "${aws:PrincipalArn}*",
])("%s is not every resource", (pattern) => {
  expect(allowed("*", pattern)).toEqual([]);
});

test.each<[string, Json]>([
  ["iam:*", "iam:*"],
  ["iam:*", "iam:?*"],
  ["iam:*", ["iam:C*", "iam:Attach*"]],
  ["sts:*", "STS:*"],
  ["organizations:*", "organizations:*"],
])("%s on everything can grant more, written as %j", (service, action) => {
  expect(allowed(action, "*")).toEqual([expect.stringContaining(`${service}, with which more can be granted`)]);
});

test.each(["iam:Get*", "s3:*", "sts:AssumeRole"])("%s on everything is not everything", (action) => {
  expect(allowed(action, "*")).toEqual([]);
});

const ATTACHMENTS = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
];

test.each(ATTACHMENTS)("%s gives nobody AWS's administrator policy, nor the boundary as a permission", (type) => {
  const given = (policyArn: string) => judge("everything-on-everything", resource(type, "attachment", { policyArn }));
  expect(given(ADMINISTRATOR)).toEqual([expect.stringContaining("allows nearly everything")]);
  expect(given(boundary.arn)).toEqual([expect.stringContaining("is the permissions boundary")]);
  expect(given("arn:aws:iam::aws:policy/ReadOnlyAccess")).toEqual([]);
});

test("a role lists neither among its managed policies", () => {
  const role = resource("aws:iam/role:Role", "role", { managedPolicyArns: [ADMINISTRATOR, boundary.arn] });
  expect(judge("everything-on-everything", role)).toHaveLength(2);
});

test("the boundary is seen as a permission before its ARN is known", () => {
  const policy = resource("aws:iam/policy:Policy", "boundary", { name: boundary.name, policy: "{}" });
  const attachment = resource(
    ATTACHMENTS[0]!,
    "attachment",
    {},
    {
      unknowns: ["policyArn"],
      propertyDependencies: { policyArn: [policy.urn] },
    },
  );
  expect(judge("everything-on-everything", policy, attachment)).toEqual([expect.stringContaining("is the permissions boundary")]);
});
