import { readFileSync } from "node:fs";
import { aws_iam as iam } from "aws-cdk-lib";
import type { Scope } from "../environments.ts";

/**
 * The policy of a file beside this one, for an account. What stands in the files is what our own components write, so that both sides have
 * as much to handle; this side only reads it.
 */
export function policyDocument(name: string, scope: Scope): iam.PolicyDocument {
  const text = readFileSync(new URL(`./${name}.json`, import.meta.url), "utf8");
  return iam.PolicyDocument.fromJson(
    JSON.parse(text.replaceAll("<account>", scope.account).replaceAll("<environment>", scope.name)),
  );
}
