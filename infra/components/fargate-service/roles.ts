import { assertFits } from "@fairway/iam";
import type { ServiceContract } from "@fairway/service";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { sortedJson, jsonDocument } from "../documents/json.ts";
import { type Place, policyDocument, serviceTrust, type Statement } from "../documents/policy.ts";
import type { Step } from "./args.ts";
import { secretArn } from "./container.ts";
import type { PinnedImage } from "./image.ts";

/**
 * The two roles of a service, and the policies that must be there before a task starts and go only after the last has
 * stopped.
 */
export interface Roles {
  /** What ECS does for the service: pull, log, read secrets. */
  execution: aws.iam.Role;
  /** What the service's own code may do. */
  task: aws.iam.Role;
  policies: aws.iam.RolePolicy[];
}

export function createRoles({ name, parent, args }: Step, logGroup: aws.cloudwatch.LogGroup): Roles {
  const { account, region } = args.place;
  const trust = jsonDocument(serviceTrust("ecs-tasks.amazonaws.com", account, `arn:aws:ecs:${region}:${account}:*`));

  const execution = createRole("execution", `What ECS does to start ${name}`);
  const task = createRole("task", `What ${name} may do`);
  const allowed = logGroup.arn.apply((arn) => executionStatements(args.contract, args.image, args.place, arn));
  const policies = [grant("execution", execution, allowed)];
  if (args.permissions?.length) policies.push(grant("task", task, args.permissions));
  return { execution, task, policies };

  function createRole(kind: string, description: string) {
    return new aws.iam.Role(
      `${name}-${kind}`,
      { ...args.roles, description, assumeRolePolicy: trust, tags: args.tags },
      { parent },
    );
  }

  function grant(kind: string, role: aws.iam.Role, statements: pulumi.Input<Statement[]>) {
    const policy = pulumi.output(statements).apply((known) => {
      const document = sortedJson(policyDocument(known as Statement[]));
      assertFits("role policies", `role ${name}-${kind}`, document);
      return document;
    });
    return new aws.iam.RolePolicy(`${name}-${kind}`, { role: role.id, policy }, { parent });
  }
}

/** What ECS may do to start a task of this service: nothing of another service's image, logs or secrets. */
export function executionStatements(
  contract: Pick<ServiceContract, "secrets">,
  image: PinnedImage,
  place: Place,
  logGroupArn: string,
): Statement[] {
  const statements: Statement[] = [
    { Sid: "WriteLogs", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${logGroupArn}:*` },
  ];
  if (image.repositoryArn) {
    statements.push(
      // Can't be narrowed: the token is for the registry (IAM reference for Amazon ECR, 2026-09).
      { Sid: "LogInToRegistry", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Sid: "PullImage",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: image.repositoryArn,
      },
    );
  }
  const secrets = [...new Set(Object.values(contract.secrets))].sort();
  if (secrets.length > 0) {
    // `-??????` stands for the six characters that Secrets Manager adds to a name, and for nothing longer.
    const resources = secrets.map((secret) => `${secretArn(place, secret)}-??????`);
    statements.push({ Sid: "ReadSecrets", Action: "secretsmanager:GetSecretValue", Resource: resources });
  }
  return statements;
}
