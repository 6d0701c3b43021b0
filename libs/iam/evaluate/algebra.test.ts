import fc from "fast-check";
import { describe, test } from "vitest";
import { type AccessPolicies, type AccessRequest, type Context, evaluate, type NamedPolicy, type Statement } from "../index.ts";

/** Small worlds, so that statements and requests often speak of the same thing. */
const action = fc.constantFrom("s3:GetObject", "s3:PutObject", "ecs:UpdateService");
const resource = fc.constantFrom("arn:aws:s3:::a/1", "arn:aws:s3:::b/1", "arn:aws:ecs:eu-west-1:111111111111:service/a");
const actionPattern = fc.constantFrom("*", "s3:*", "s3:Get*", "ecs:UpdateService");
const resourcePattern = fc.constantFrom("*", "arn:aws:s3:::a/*", "arn:aws:s3:::${aws:PrincipalTag/team}/*", "arn:aws:ecs:*");
const condition = fc.constantFrom<Statement["Condition"][]>(
  undefined,
  { StringEquals: { "aws:PrincipalTag/team": "a" } },
  { StringNotEquals: { "aws:PrincipalTag/team": "a" } },
  { Null: { "aws:PrincipalTag/team": "true" } },
);
const body = fc.oneof(
  fc.record({ Action: actionPattern, Resource: resourcePattern, Condition: condition }),
  fc.record({ NotAction: actionPattern, Resource: resourcePattern, Condition: condition }),
  fc.record({ Action: actionPattern, NotResource: resourcePattern, Condition: condition }),
);
const statement = (effect = fc.constantFrom<"Allow" | "Deny">("Allow", "Deny")): fc.Arbitrary<Statement> =>
  fc.tuple(effect, body).map(([Effect, rest]) => ({ Effect, ...rest }));
const statements = fc.array(statement(), { maxLength: 5 });
const request: fc.Arbitrary<AccessRequest> = fc.record({
  principal: fc.constant({ kind: "role" as const, arn: "arn:aws:iam::111111111111:role/a" }),
  action,
  resource,
  context: fc.constantFrom<Context[]>({}, { "aws:PrincipalTag/team": "a" }, { "aws:PrincipalTag/team": "b" }),
});

const named = (list: Statement[]): NamedPolicy => ({ name: "p", document: { Version: "2012-10-17", Statement: list } });
const allowed = (asked: AccessRequest, policies: AccessPolicies) => evaluate(asked, policies).allowed;
const by = (list: Statement[]): AccessPolicies => ({ identity: [named(list)] });

describe("whatever the policies", () => {
  test("one more Allow never takes away", () => {
    fc.assert(
      fc.property(request, statements, statement(fc.constant("Allow")), (asked, list, more) => {
        return !allowed(asked, by(list)) || allowed(asked, by([...list, more]));
      }),
    );
  });

  test("one more Deny never gives", () => {
    fc.assert(
      fc.property(request, statements, statement(fc.constant("Deny")), (asked, list, more) => {
        return allowed(asked, by(list)) || !allowed(asked, by([...list, more]));
      }),
    );
  });

  test("the order of statements, and how they are shared among policies, does not matter", () => {
    const split = fc.tuple(statements, statements);
    fc.assert(
      fc.property(request, split, (asked, [one, other]) => {
        const together = allowed(asked, by([...one, ...other]));
        const turned = allowed(asked, by([...other].reverse().concat([...one].reverse())));
        const apart = allowed(asked, { identity: [named(other), named(one)] });
        return together === turned && together === apart;
      }),
    );
  });

  test("a boundary only narrows, and one that allows all changes nothing", () => {
    fc.assert(
      fc.property(request, statements, statements, (asked, list, limit) => {
        const free = allowed(asked, by(list));
        const bounded = allowed(asked, { ...by(list), boundary: named(limit) });
        const all = named([{ Effect: "Allow", Action: "*", Resource: "*" }]);
        return (!bounded || free) && allowed(asked, { ...by(list), boundary: all }) === free;
      }),
    );
  });

  test("a resource's policy that names the account alone gives nothing in that account", () => {
    fc.assert(
      fc.property(request, statements, (asked, list) => {
        const Principal = { AWS: "111111111111" };
        const resource = named([{ Effect: "Allow", Principal, Action: "*", Resource: "*" }]);
        return allowed(asked, { ...by(list), resource }) === allowed(asked, by(list));
      }),
    );
  });

  test("a decision says which statement made it, and that statement's effect is the outcome's", () => {
    fc.assert(
      fc.property(request, statements, (asked, list) => {
        const { outcome, by: decisive } = evaluate(asked, by(list));
        if (outcome === "implicit deny") return decisive === undefined;
        const effect = list[Number(decisive?.statement.slice(1)) - 1]?.Effect;
        return effect === (outcome === "allowed" ? "Allow" : "Deny");
      }),
    );
  });
});
