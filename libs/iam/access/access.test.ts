import type { JsonMap, PlannedResource } from "@fairway/resources";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessOf, authority, describeGrant, diffAccess } from "../index.ts";

function planned(
  type: string,
  name: string,
  inputs: JsonMap,
  outputs: JsonMap = {},
  more: Partial<PlannedResource> = {},
): PlannedResource {
  return {
    urn: `urn:pulumi:dev::shop::${type}::${name}`,
    type,
    name,
    project: "shop",
    stack: "dev",
    custom: true,
    external: false,
    inputs,
    outputs: { ...inputs, ...outputs },
    secrets: [],
    unknowns: [],
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    known: "modelled",
    ...more,
  };
}

const document = (...statements: object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements.map((each) => ({ Effect: "Allow", ...each })) });
const TRUST = document({ Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" });
const TABLE = "arn:aws:dynamodb:eu-west-1:222222222222:table/shop";
const ROLE = "arn:aws:iam::222222222222:role/acme/shopping/shop-task-1a2b3c4";

const role = planned(
  "aws:iam/role:Role",
  "shop-task",
  { assumeRolePolicy: TRUST },
  { name: "shop-task-1a2b3c4", arn: ROLE, path: "/acme/shopping/" },
);
const rolePolicy = (policy: string | undefined, more: Partial<PlannedResource> = {}) =>
  planned("aws:iam/rolePolicy:RolePolicy", "shop-task", { role: "shop-task-1a2b3c4", ...(policy ? { policy } : {}) }, {}, more);
const query = rolePolicy(document({ Action: "dynamodb:Query", Resource: TABLE }));
const lines = (resources: PlannedResource[]) => accessOf(resources).map((grant) => `${grant.principal}: ${describeGrant(grant)}`);

describe("access", () => {
  test.each(["assumeRolePolicy", "policy"])("of a secret %s tells which keys it asks for, and no value of them", (property) => {
    const secret = document({
      Principal: { AWS: "*" },
      Action: "sts:AssumeRole",
      Resource: TABLE,
      Condition: { StringEquals: { "sts:ExternalId": "hunter2" } },
    });
    const resource = (secrets: string[]) => [
      planned("aws:iam/role:Role", "partner", { assumeRolePolicy: TRUST, policy: secret, [property]: secret }, {}, { secrets }),
      planned("aws:sns/topic:Topic", "orders", { policy: secret }, {}, { secrets }),
    ];
    expect(JSON.stringify(accessOf(resource([])))).toContain("hunter2");
    const role = accessOf(resource([property])).filter(({ urn }) => urn.endsWith(property === "policy" ? "orders" : "partner"));
    expect(JSON.stringify(role)).not.toContain("hunter2");
    expect(role.map(describeGrant)).toContainEqual(expect.stringMatching(/^sts:AssumeRole on .* when sts:ExternalId$/));
  });

  test("of a role's secret inline policies tells no value either", () => {
    const policy = document({ Action: "s3:GetObject", Resource: "*", Condition: { StringEquals: { "aws:userid": "hunter2" } } });
    const inputs = { assumeRolePolicy: TRUST, inlinePolicies: [{ name: "read", policy }] };
    for (const secret of ["inlinePolicies", "inlinePolicies[0]", "inlinePolicies[0].policy"]) {
      const grants = accessOf([planned("aws:iam/role:Role", "partner", inputs, {}, { secrets: [secret] })]);
      expect(JSON.stringify(grants)).not.toContain("hunter2");
      expect(grants.map(describeGrant)).toContainEqual("s3:GetObject on everything when aws:userid");
    }
  });

  test("of a role is what its policies say, however they are given to it", () => {
    const managed = planned(
      "aws:iam/policy:Policy",
      "read",
      { policy: document({ Action: "s3:GetObject", Resource: "*" }) },
      { arn: "arn:aws:iam::222222222222:policy/read" },
    );
    const attach = (policyArn: string, name: string) =>
      planned("aws:iam/rolePolicyAttachment:RolePolicyAttachment", name, { role: "shop-task-1a2b3c4", policyArn });
    const inline = {
      ...role,
      inputs: { ...role.inputs, inlinePolicies: [{ name: "a", policy: document({ Action: "sqs:*", Resource: "*" }) }] },
    };
    expect(
      lines([
        inline,
        query,
        managed,
        attach("arn:aws:iam::222222222222:policy/read", "one"),
        attach("arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers", "two"),
      ]),
    ).toEqual([
      "role shop-task: dynamodb:Query on table/shop",
      "role shop-task: s3:GetObject on everything",
      "role shop-task: sqs:* on everything",
      "role shop-task: what is allowed by policy AmazonECSInfrastructureRolePolicyForLoadBalancers",
      "service ecs-tasks.amazonaws.com: sts:AssumeRole on role/acme/shopping/shop-task-1a2b3c4",
    ]);
  });

  test("to a key, a bucket or a role is by its own policy, with the thing itself for *", () => {
    const key = planned(
      "aws:kms/key:Key",
      "data",
      {
        policy: document({
          Principal: { AWS: ["arn:aws:iam::222222222222:root", ROLE], Service: "logs.eu-west-1.amazonaws.com" },
          Action: ["kms:Encrypt", "kms:Decrypt"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": "222222222222" } },
        }),
      },
      { arn: "arn:aws:kms:eu-west-1:222222222222:key/1" },
    );
    const bucket = planned("aws:s3/bucketPolicy:BucketPolicy", "logs", {
      bucket: "acme-logs",
      policy: document({ Effect: "Deny", Principal: "*", NotAction: "s3:GetObject", Resource: "arn:aws:s3:::acme-logs/*" }),
    });
    expect(lines([role, key, bucket])).toEqual([
      "account 222222222222: kms:Decrypt, kms:Encrypt on key/1 when aws:SourceAccount",
      "anyone: never all but s3:GetObject on acme-logs/*",
      "role shop-task: kms:Decrypt, kms:Encrypt on key/1 when aws:SourceAccount",
      "service ecs-tasks.amazonaws.com: sts:AssumeRole on role/acme/shopping/shop-task-1a2b3c4",
      "service logs.eu-west-1.amazonaws.com: kms:Decrypt, kms:Encrypt on key/1 when aws:SourceAccount",
    ]);
  });

  test("is shown of policies too that the evaluator would not judge", () => {
    const old = planned("aws:s3/bucketPolicy:BucketPolicy", "logs", {
      bucket: "acme-logs",
      policy: JSON.stringify({
        Version: "2008-10-17",
        Statement: { Effect: "Allow", NotPrincipal: { AWS: ROLE }, Action: "s3:GetObject", Resource: "*" },
      }),
    });
    expect(lines([old])).toEqual(["anyone but role shop-task-1a2b3c4: s3:GetObject on acme-logs"]);
  });

  test("that is known only after the update says so, and finds its role by what it comes from", () => {
    const { role: _, ...unnamed } = query.inputs;
    const unknown = rolePolicy(undefined, {
      inputs: {},
      unknowns: ["policy", "role"],
      propertyDependencies: { role: [role.urn] },
    });
    const named = { ...query, inputs: unnamed, propertyDependencies: { role: [role.urn] } };
    expect(accessOf([role, unknown]).find(({ urn }) => urn === unknown.urn)).toMatchObject({
      principal: "role shop-task",
      known: "unknown",
    });
    expect(lines([role, named])).toContain("role shop-task: dynamodb:Query on table/shop");
  });

  test("is in the same order, whatever the order of resources and statements", () => {
    const resources = [role, query, rolePolicy(document({ Action: ["s3:b", "s3:a"], Resource: ["y", "x"] }))];
    const wanted = lines(resources);
    expect(wanted).toContain("role shop-task: s3:a, s3:b on x, y");
    fc.assert(
      fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
        expect(lines(shuffled)).toEqual(wanted);
      }),
    );
  });
});

describe("a change of access", () => {
  const before = accessOf([role, query]);

  test("is what a principal may do now and could not, and the other way round", () => {
    const scan = rolePolicy(document({ Action: "dynamodb:Scan", Resource: TABLE }));
    const changes = diffAccess(before, accessOf([role, scan]));
    expect(
      changes.map(({ principal, added, removed }) => [principal, added.map(describeGrant), removed.map(describeGrant)]),
    ).toEqual([["role shop-task", ["dynamodb:Scan on table/shop"], ["dynamodb:Query on table/shop"]]]);
  });

  test("is none when nothing changed, or only the resource that states it", () => {
    expect(diffAccess(before, before)).toEqual([]);
    expect(diffAccess(before, accessOf([role, { ...query, urn: `${query.urn}-2`, name: "other" }]))).toEqual([]);
  });

  test("shows a condition that went", () => {
    const Condition = { Bool: { "aws:SecureTransport": "true" } };
    const guarded = accessOf([role, rolePolicy(document({ Action: "dynamodb:Query", Resource: TABLE, Condition }))]);
    expect(diffAccess(guarded, before)).toMatchObject([
      { added: [{ actions: ["dynamodb:Query"] }], removed: [{ condition: Condition }] },
    ]);
  });
});

describe("planned resources", () => {
  test("answer with the role's policies and the resource's own", () => {
    const { ask } = authority([role, query]);
    expect(ask({ by: "shop-task", action: "dynamodb:Query", resource: TABLE })).toMatchObject({
      allowed: true,
      by: { policy: "role policy shop-task", statement: "#1" },
    });
    expect(ask({ by: ROLE, action: "dynamodb:Scan", resource: TABLE }).allowed).toBe(false);
    expect(
      ask({ by: { kind: "service", name: "ecs-tasks.amazonaws.com" }, action: "sts:AssumeRole", resource: ROLE }).allowed,
    ).toBe(true);
  });

  test("say which document they lack, instead of leaving it out", () => {
    const bounded = { ...role, inputs: { ...role.inputs, permissionsBoundary: "arn:aws:iam::222222222222:policy/limit" } };
    const attached = { ...role, inputs: { ...role.inputs, managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] } };
    const question = { by: "shop-task", action: "dynamodb:Query", resource: TABLE };
    expect(() => authority([bounded, query]).ask(question)).toThrow(
      "policy/limit, the boundary of shop-task-1a2b3c4, is not known",
    );
    expect(() => authority([attached, query]).ask(question)).toThrow(
      "ReadOnlyAccess, attached to shop-task-1a2b3c4, is not known",
    );
    expect(() => authority([role, query]).ask({ ...question, by: "cart-task" })).toThrow(
      '0 planned roles are called "cart-task"',
    );
  });

  test("answer nothing of a policy that is known only after the update", () => {
    const unknown = rolePolicy(undefined, { unknowns: ["policy"] });
    expect(() => authority([role, unknown]).ask({ by: "shop-task", action: "dynamodb:Query", resource: TABLE })).toThrow(
      "is known only after the update",
    );
  });
});
