import type { PolicyDocument } from "@fairway/iam";
import type { Repository } from "@fairway/settings";

/** GitHub's issuer of tokens for workflows. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";
/** What a token is made for: AWS's action asks for this audience. */
export const AUDIENCE = "sts.amazonaws.com";

/** ARN of GitHub's identity provider in an account: an account has one for each issuer. */
export function githubProviderArn(account: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${GITHUB_ISSUER}`;
}

/**
 * What a token says of the job that asks for it, in both forms that GitHub has. Repositories made, renamed or moved since 2026-07-15
 * say it with ids, which nobody can take over by registering a freed name. With ids in settings both are accepted, so that switching
 * locks nobody out.
 *
 * @param job `environment:dev-shopping`, or `ref:refs/heads/main` of a job without an environment
 */
export function githubSubjects({ owner, name, ownerId, repositoryId }: Repository, job: string): string[] {
  const subjects = [`repo:${owner}/${name}:${job}`];
  if (ownerId !== undefined && repositoryId !== undefined) {
    subjects.push(`repo:${owner}@${ownerId}/${name}@${repositoryId}:${job}`);
  }
  return subjects;
}

/** Trust in one kind of job of one repository: exact subjects, no patterns, and the audience. */
export function githubTrust(account: string, repository: Repository, job: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OneJobOfOneRepository",
        Effect: "Allow",
        Principal: { Federated: githubProviderArn(account) },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${GITHUB_ISSUER}:aud`]: AUDIENCE, [`${GITHUB_ISSUER}:sub`]: githubSubjects(repository, job) },
        },
      },
    ],
  };
}
