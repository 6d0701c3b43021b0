import type { Statement } from "../documents/policy.ts";

/** Who may use a repository of images. */
export interface ImageAccess {
  /** Patterns of the roles that pull, by account: `{ "222222222222": "arn:aws:iam::222222222222:role/acme/*" }`. */
  pullers: Record<string, string>;
  /** ARN of the one role that pushes. */
  publisher: string;
}

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"];
const PUSH = ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"];

/**
 * The policy of a repository of images.
 *
 * Principals are accounts, and conditions narrow them to roles: AWS refuses a resource policy that names a role which does not exist yet,
 * and the registry is there before the environments' roles are. `aws:PrincipalArn` of a session is its role's ARN, with its path.
 */
export function imageStatements({ pullers, publisher }: ImageAccess): Statement[] {
  const accounts = Object.keys(pullers).sort();
  const [, , , , publisherAccount = ""] = publisher.split(":");
  return [
    {
      Sid: "Pull",
      Principal: { AWS: accounts.map(accountRoot) },
      Action: PULL,
      Condition: { ArnLike: { "aws:PrincipalArn": accounts.map((account) => pullers[account] ?? "") } },
    },
    {
      Sid: "Push",
      Principal: { AWS: accountRoot(publisherAccount) },
      Action: [...PULL, ...PUSH].sort(),
      Condition: { ArnEquals: { "aws:PrincipalArn": publisher } },
    },
    {
      // In the registry's own account a role needs no leave of this policy to push, so all others are refused.
      Sid: "OnlyPublishPushes",
      Effect: "Deny",
      Principal: "*",
      Action: PUSH,
      Condition: { ArnNotEquals: { "aws:PrincipalArn": publisher } },
    },
  ];
}

/** An account as a principal: whoever in it its own policies let, as far as the statement's conditions go. */
export function accountRoot(account: string): string {
  return `arn:aws:iam::${account}:root`;
}
