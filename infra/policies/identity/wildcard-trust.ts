import type { Policy } from "../types.ts";
import { type Statement, statements, takesAll } from "./statements.ts";

/** Keys that say who calls. A principal `*` with one of them, compared exactly, is not everybody. */
const CALLER = new Set(
  [
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:SourceOwner",
    "kms:CallerAccount",
  ].map((key) => key.toLowerCase()),
);

const NARROWING = /^(ForAnyValue:)?(StringEquals|StringLike|StringEqualsIgnoreCase|ArnEquals|ArnLike)$/;

export const wildcardTrust: Policy = {
  name: "wildcard-trust",
  title: "Who is trusted is named: no role, bucket, key, queue or topic trusts everybody",
  why: "A principal `*` is every AWS account in the world; a token's subject with `*` is every branch, fork or look-alike repository.",
  fix: "Name the account, role or service; for GitHub compare `aud` and the exact `sub` with StringEquals (`githubEnvironment`).",
  severity: "mandatory",
  check: (plan) => [
    ...statements(plan, "trust", "resource")
      .filter(({ effect }) => effect === "Allow")
      .flatMap((statement) =>
        tooWide(statement).map((what) => ({ resource: statement.resource, message: `${statement.where}: ${what}` })),
      ),
    ...plan.each("aws:lambda/permission:Permission", ({ inputs }) =>
      inputs.principal === "*" && !inputs.sourceAccount && !inputs.sourceArn && !inputs.principalOrgId
        ? 'principal is "*": every account may call the function'
        : undefined,
    ),
  ],
};

function tooWide(statement: Statement): string[] {
  if (statement.notPrincipals) return ["NotPrincipal trusts everybody else"];
  return statement.principals
    .flatMap(({ type, value }) => {
      if (type === "Federated") return takesAll(value) ? ["trusts every identity provider"] : [];
      const everybody = takesAll(value) || (type === "AWS" && /^arn:aws[a-z-]*:(iam|sts)::[^:]*[*?]/.test(value));
      return everybody && !narrowed(statement)
        ? [`trusts ${type === "AWS" ? "every account" : `every ${type}`} ("${value}")`]
        : [];
    })
    .concat(statement.actions.some(isWebIdentity) ? subjects(statement) : []);
}

function isWebIdentity(action: string): boolean {
  return action.toLowerCase() === "sts:assumerolewithwebidentity";
}

/** Whether a condition leaves only callers that it names. */
function narrowed({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      NARROWING.test(operator) && CALLER.has(key.toLowerCase()) && values.length > 0 && !values.some(isAnybody),
  );
}

/** Whether a caller's account, organisation, network or ARN is any. An ARN without an account, a bucket's, must name what it is of. */
function isAnybody(value: string): boolean {
  if (!value.startsWith("arn:")) return takesAll(value);
  const [, , , , account = "*", ...rest] = value.split(":");
  return /[*?]/.test(account) || (account === "" && takesAll(rest.join(":")));
}

/** A token of an identity provider must be for AWS, and of a subject that is written out. */
function subjects({ conditions }: Statement): string[] {
  const about = (claim: string) => conditions.filter(({ key }) => key.toLowerCase().endsWith(`:${claim}`));
  const exact = (claim: string) => about(claim).some(({ operator }) => operator === "StringEquals");
  const wild = about("sub").flatMap(({ operator, values }) =>
    operator.endsWith("StringLike") ? values.filter((value) => /[*?]/.test(value)) : [],
  );
  return [
    ...(exact("aud") ? [] : ["does not compare the token's aud with StringEquals"]),
    ...(about("sub").length === 0 ? ["does not compare the token's sub: every repository and every branch is trusted"] : []),
    ...wild.map((value) => `trusts every sub like "${value}"`),
  ];
}
