import { describe, expect, test } from "vitest";
import { type AccessPolicies, evaluate, type Context, type Principal, type Statement } from "../index.ts";

const ROLE = "arn:aws:iam::111111111111:role/acme/shop";
const TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/shop";
const role: Principal = { kind: "role", arn: ROLE };

const policy = (name: string, ...statements: Statement[]) => ({
  name,
  document: { Version: "2012-10-17", Statement: statements },
});
const allow = (Action: string, Resource = "*", more: Partial<Statement> = {}): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const deny = (Action: string, Resource = "*", more: Partial<Statement> = {}): Statement => ({
  ...allow(Action, Resource, more),
  Effect: "Deny",
});
const read = { principal: role, action: "dynamodb:GetItem", resource: TABLE };

describe("within an account", () => {
  test("nothing is allowed unless a policy says so", () => {
    expect(evaluate(read, {})).toMatchObject({
      allowed: false,
      outcome: "implicit deny",
      why: "no policy of the role allows it",
    });
    const identity = [policy("role policy", allow("dynamodb:GetItem", TABLE, { Sid: "Read" }))];
    expect(evaluate(read, { identity })).toMatchObject({ allowed: true, by: { policy: "role policy", statement: "Read" } });
  });

  test("an explicit deny wins, in whichever policy it stands, and names itself", () => {
    const identity = [policy("role policy", allow("*"))];
    const never = deny("dynamodb:*", "*", { Sid: "Never" });
    const denies: AccessPolicies[] = [
      { identity: [...identity, policy("other", never)] },
      { identity, boundary: policy("other", allow("*"), never) },
      { identity, session: [policy("other", allow("*"), never)] },
      { identity, resource: policy("other", { ...never, Principal: "*" }) },
    ];
    for (const policies of denies) {
      expect(evaluate(read, policies)).toMatchObject({
        outcome: "explicit deny",
        by: { policy: "other", statement: "Never" },
      });
    }
  });

  test("the resource's policy is enough when it names the role, not when it names the account", () => {
    const naming = (AWS: string) => policy("table policy", allow("dynamodb:*", "*", { Principal: { AWS } }));
    expect(evaluate(read, { resource: naming(ROLE) }).allowed).toBe(true);
    expect(evaluate(read, { resource: naming("111111111111") }).allowed).toBe(false);
    expect(evaluate(read, { resource: naming("arn:aws:iam::111111111111:role/acme/other") }).allowed).toBe(false);
  });

  test("a boundary and a session take away what they do not allow", () => {
    const identity = [policy("role policy", allow("*"))];
    const others = [policy("limit", allow("s3:*"))];
    const same = [policy("limit", allow("dynamodb:Get*"))];
    expect(evaluate(read, { identity, boundary: others[0] })).toMatchObject({ outcome: "implicit deny", why: /boundary limit/ });
    expect(evaluate(read, { identity, boundary: same[0] }).allowed).toBe(true);
    expect(evaluate(read, { identity, session: others }).allowed).toBe(false);
    expect(evaluate(read, { identity, session: same }).allowed).toBe(true);
  });

  test("a key is reached only as its own policy says, and forgetting it is an error", () => {
    const decrypt = { principal: role, action: "kms:Decrypt", resource: "arn:aws:kms:eu-west-1:111111111111:key/1" };
    const identity = [policy("role policy", allow("kms:*"))];
    const key = (AWS: string) => policy("key policy", allow("kms:*", "*", { Principal: { AWS } }));
    expect(() => evaluate(decrypt, { identity })).toThrow("kms:Decrypt on arn:aws:kms:eu-west-1:111111111111:key/1 is up to");
    expect(evaluate(decrypt, { identity, resource: key("arn:aws:iam::111111111111:root") }).allowed).toBe(true);
    expect(evaluate(decrypt, { identity, resource: key("222222222222") }).allowed).toBe(false);
    expect(evaluate(decrypt, { resource: key("arn:aws:iam::111111111111:root") }).allowed).toBe(false);
  });
});

describe("between accounts", () => {
  const resourceAccount = "222222222222";
  const identity = [policy("role policy", allow("dynamodb:*"))];
  const resource = policy("table policy", allow("dynamodb:*", "*", { Principal: { AWS: "111111111111" } }));

  test("both sides must allow", () => {
    expect(evaluate(read, { identity, resource, resourceAccount }).allowed).toBe(true);
    expect(evaluate(read, { identity, resourceAccount }).allowed).toBe(false);
    expect(evaluate(read, { resource, resourceAccount }).allowed).toBe(false);
  });

  test("the account in the resource's ARN is whose it is", () => {
    const foreign = { ...read, resource: TABLE.replace("111111111111", resourceAccount) };
    expect(evaluate(foreign, { identity })).toMatchObject({
      allowed: false,
      why: /222222222222 does not allow it to 111111111111/,
    });
  });
});

describe("who is no role", () => {
  const trust = policy("trust", {
    Effect: "Allow",
    Principal: { Service: "ecs-tasks.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
  });
  const assume = (name: string, context?: Context) =>
    evaluate({ principal: { kind: "service", name }, action: "sts:AssumeRole", resource: ROLE, context }, { resource: trust })
      .allowed;

  test("gets what the resource's policy gives it", () => {
    expect(assume("ecs-tasks.amazonaws.com", { "aws:SourceAccount": "111111111111" })).toBe(true);
    expect(assume("ecs-tasks.amazonaws.com", { "aws:SourceAccount": "222222222222" })).toBe(false);
    expect(assume("ecs-tasks.amazonaws.com")).toBe(false);
    expect(assume("ec2.amazonaws.com", { "aws:SourceAccount": "111111111111" })).toBe(false);
  });

  test("anyone is let in by * only", () => {
    const open = policy("bucket policy", allow("s3:GetObject", "*", { Principal: "*" }));
    const closed = policy("bucket policy", allow("s3:GetObject", "*", { Principal: { AWS: "111111111111" } }));
    const get = { principal: { kind: "anonymous" } as const, action: "s3:GetObject", resource: "arn:aws:s3:::b/o" };
    expect(evaluate(get, { resource: open }).allowed).toBe(true);
    expect(evaluate(get, { resource: closed }).allowed).toBe(false);
  });

  test("has no policies of its own", () => {
    const identity = [policy("p", allow("*"))];
    expect(() => evaluate({ ...read, principal: { kind: "anonymous" } }, { identity })).toThrow("has no policies of its own");
  });
});

describe("patterns", () => {
  const allowedBy = (statement: Statement, context?: Context, action = "dynamodb:GetItem", resource = TABLE) =>
    evaluate({ principal: role, action, resource, context }, { identity: [policy("p", statement)] }).allowed;

  test.each([
    ["dynamodb:Get*", true],
    ["DynamoDB:getitem", true],
    ["dynamodb:Get????", true],
    ["dynamodb:Get?", false],
    ["dynamodb:Put*", false],
    ["dynamodb.GetItem", false],
  ])("of actions: %s", (pattern, wanted) => expect(allowedBy(allow(pattern))).toBe(wanted));

  test.each([
    ["arn:aws:dynamodb:*:111111111111:table/shop", true],
    ["arn:aws:dynamodb:*:*:table/sh?p", true],
    ["arn:aws:dynamodb:*:*:table/Shop", false],
    ["arn:aws:dynamodb:*:*:table/shop/index/*", false],
  ])("of resources: %s", (pattern, wanted) => expect(allowedBy(allow("*", pattern))).toBe(wanted));

  test("all but some actions and resources", () => {
    expect(allowedBy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })).toBe(true);
    expect(allowedBy({ Effect: "Allow", NotAction: "dynamodb:*", Resource: "*" })).toBe(false);
    expect(allowedBy({ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::*" })).toBe(true);
    expect(allowedBy({ Effect: "Allow", Action: "*", NotResource: TABLE })).toBe(false);
  });

  test("variables stand for the request's values, letter by letter", () => {
    const own = allow("*", "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team}");
    expect(allowedBy(own, { "aws:PrincipalTag/team": "shop" })).toBe(true);
    expect(allowedBy(own, { "aws:PrincipalTag/team": "sh*" })).toBe(false);
    expect(allowedBy(own)).toBe(false);
    expect(allowedBy(allow("*", "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team, 'shop'}"))).toBe(true);
    expect(allowedBy(allow("*", "arn:aws:dynamodb:*:${aws:PrincipalAccount}:*"))).toBe(true);
    expect(allowedBy(allow("*", "${*}"))).toBe(false);
  });
});

describe("what is not known", () => {
  const ask = (statement: object, context?: Context) =>
    evaluate({ ...read, context }, { identity: [policy("p", { Sid: "S", ...allow("*"), ...statement } as Statement)] });

  test.each([
    [{ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }, /IpAddress on aws:SourceIp: the operator is not known here/],
    [{ Condition: { "ForSomeValues:StringEquals": { "aws:TagKeys": "a" } } }, /the operator is not known here/],
    [{ Condition: { StringEquals: { team: "a" } } }, /a key of this form is not known/],
    [{ Condition: { Bool: { "aws:PrincipalArn": "yes" } } }, /"yes" is not true or false/],
    [{ Resource: "${team}" }, /policy variable \$\{team\} is not known/],
    [{ NotPrincipal: "*" }, /NotPrincipal is not known here/],
    [{ Principal: "*" }, /has a Principal, which only resources' policies have/],
    [{ Resource: undefined }, /names no resource/],
    [{ NotAction: "s3:*" }, /needs either Action or NotAction/],
    [{ Effect: "Maybe" }, /Effect "Maybe" is not Allow or Deny/],
  ])("throws: %j", (statement, message) => {
    expect(() => ask(statement)).toThrow(message);
  });

  test("throws even in a statement about something else", () => {
    const statement = { Action: "s3:GetObject", Condition: { DateLessThan: { "aws:CurrentTime": "2026" } } };
    expect(() => ask(statement)).toThrow("DateLessThan");
  });

  test("throws: another version of the language, patterns in principals, several values without a set operator", () => {
    const old = { name: "p", document: { Version: "2008-10-17", Statement: allow("*") } };
    expect(() => evaluate(read, { identity: [old] })).toThrow('Version "2008-10-17" is not known here');
    const resource = policy("table policy", allow("*", "*", { Principal: { AWS: "arn:aws:iam::111111111111:role/*" } }));
    expect(() => evaluate(read, { resource })).toThrow("IAM knows no patterns in principals");
    const single = { Condition: { StringEquals: { "aws:TagKeys": "team" } } };
    expect(() => ask(single, { "aws:TagKeys": ["team", "cost"] })).toThrow("Say ForAllValues: or ForAnyValue:");
  });
});
