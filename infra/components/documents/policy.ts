import type * as pulumi from "@pulumi/pulumi";

/** One statement of an IAM or resource policy, as AWS writes it. */
export interface Statement {
  /** Letters and digits, unique in its document: what the statement is for. */
  Sid: string;
  /** @default "Allow" */
  Effect?: "Allow" | "Deny";
  Principal?: "*" | { Service?: string | string[]; AWS?: string | string[]; Federated?: string };
  Action: string | string[];
  /** Left out only in trust policies. */
  Resource?: pulumi.Input<string> | pulumi.Input<string>[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy document. Write it out with `jsonDocument`. */
export function policyDocument(statements: Statement[]) {
  return { Version: "2012-10-17", Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })) };
}

/** Where a resource runs: what the conditions of trust policies and the ARNs of policies are made of. */
export interface Place {
  /** AWS account id, 12 digits. */
  account: string;
  region: string;
}

/**
 * A trust policy for a service of AWS that acts in one account only.
 *
 * Without the conditions another account could have the service use our role for it (the confused deputy).
 *
 * @param source ARN pattern of what may act, for example `arn:aws:ecs:eu-west-1:222222222222:*`
 */
export function serviceTrust(service: string, account: string, source: string) {
  return policyDocument([
    {
      Sid: "AssumeRole",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      Condition: { ArnLike: { "aws:SourceArn": source }, StringEquals: { "aws:SourceAccount": account } },
    },
  ]);
}
