import type { Policy } from "../types.ts";
import { isAbout, type Statement, statements, takesAll } from "./statements.ts";

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
    .concat(takesTokens(statement) ? subjects(statement) : []);
}

/** Whether a token of an identity provider is enough. A SAML provider's assertions are not asked for a subject. */
function takesTokens(statement: Statement): boolean {
  const { principals } = statement;
  const isProvider = principals.some(({ type, value }) => type === "Federated" && !value.includes(":saml-provider/"));
  return isProvider && isAbout(statement, "sts:AssumeRoleWithWebIdentity");
}

/** Whether a condition leaves only callers that it names. */
function narrowed({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      NARROWING.test(operator) &&
      CALLER.has(key.toLowerCase()) &&
      values.length > 0 &&
      !values.some((value) => isAnybody(key.toLowerCase(), value)),
  );
}

/**
 * Whether a caller's account, organisation, network or ARN is any. Wildcards are for what is inside one: paths of an organisation, and
 * names in an account. An ARN without an account, a bucket's, must name what it is of.
 */
function isAnybody(key: string, value: string): boolean {
  // A caller compared with itself.
  if (/\$\{aws:(principal|source)/i.test(value)) return true;
  if (!value.startsWith("arn:")) return /[*?]/.test(key.endsWith("orgpaths") ? value.split("/")[0]! : value);
  const [, , , , account = "*", ...rest] = value.split(":");
  return /[*?]/.test(account) || (account === "" && takesAll(rest.join(":")));
}

/** A token of an identity provider must be for AWS, and of a subject that is written out. */
function subjects({ conditions }: Statement): string[] {
  const about = (claim: string) => conditions.filter(({ key }) => key.toLowerCase().endsWith(`:${claim}`));
  const audience = about("aud").some(({ operator }) => operator === "StringEquals");
  // Others do not bind: IfExists and ForAllValues pass without a subject, and StringNotEquals takes every other.
  const subject = about("sub").some(({ operator }) => operator === "StringEquals" || operator === "StringEqualsIgnoreCase");
  const wild = about("sub").flatMap(({ operator, values }) =>
    operator.includes("StringLike") ? values.filter((value) => /[*?]/.test(value)) : [],
  );
  return [
    ...(audience ? [] : ["does not compare the token's aud with StringEquals"]),
    ...(subject || wild.length > 0
      ? []
      : ["does not compare the token's sub with StringEquals: every repository and every branch may be trusted"]),
    ...wild.map((value) => `trusts every sub like "${value}"`),
  ];
}
