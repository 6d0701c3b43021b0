import { listOf } from "../policy/read.ts";
import type { Statement } from "../policy/types.ts";

/** Who asks. */
export type Principal =
  /** A role, or an account's root, by ARN. Its account is read from the ARN. */
  | { kind: "role"; arn: string }
  /** AWS itself, on behalf of the account in `aws:SourceAccount` of the context: `logs.eu-west-1.amazonaws.com`. */
  | { kind: "service"; name: string }
  /** Who holds a token of an identity provider, by the provider's ARN. */
  | { kind: "federated"; provider: string }
  | { kind: "anonymous" };

/** How a statement of a resource policy names a principal: itself, only its account, or not at all. */
export type Named = "directly" | "by account" | "not";

/** @throws on NotPrincipal, on canonical users and on patterns, which IAM has none of here */
export function namedIn({ Principal }: Statement, principal: Principal, where: string): Named {
  if (Principal === undefined) throw new Error(`${where} has no Principal. A resource's policy says whom it means.`);
  if (Principal === "*") return "directly";
  const named = Object.entries(Principal).flatMap(([kind, values]) => listOf(values).map((value) => one(kind, value)));
  return named.find((each) => each === "directly") ?? named.find((each) => each === "by account") ?? "not";

  function one(kind: string, value: string): Named {
    if (kind === "AWS" && value === "*") return "directly";
    if (value.includes("*") || value.includes("${")) {
      throw new Error(`${where}: principal "${value}": IAM knows no patterns in principals. Name it, or use a condition.`);
    }
    if (kind === "Service") return principal.kind === "service" && principal.name === value ? "directly" : "not";
    if (kind === "Federated") return principal.kind === "federated" && principal.provider === value ? "directly" : "not";
    if (kind !== "AWS")
      throw new Error(`${where}: a principal of kind ${kind} is not known here. Use AWS, Service or Federated.`);
    if (principal.kind !== "role") return "not";
    const account = /^(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
    if (account) return account === accountOf(principal.arn) ? "by account" : "not";
    return value === principal.arn ? "directly" : "not";
  }
}

/** The account in an ARN; undefined where it has none, as an S3 bucket's. */
export function accountOf(arn: string): string | undefined {
  return arn.split(":")[4] || undefined;
}
