import type { PolicyDocument, Statement } from "@fairway/iam";
import { type Platform, recordTable, type Scope, scopeNames, scopeOf, stateBucket, stateKeyAlias } from "@fairway/settings";

/** A statement of ours: it always says what it is for. */
export type NamedStatement = Statement & { Sid: string };

/** What a CI role's permissions follow from. All of it is settings, so every policy is known before anything exists. */
export interface CiScope {
  platform: Platform;
  scope: Scope;
}

export function documentOf(statements: NamedStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** ARN of something of the scope's own account and region. */
export function ours({ scope }: CiScope, service: string, resource: string): string {
  return `arn:aws:${service}:${scope.region}:${scope.account}:${resource}`;
}

/** ARN of a role or policy of the scope's account. */
export function iamArn({ scope }: CiScope, resource: string): string {
  return `arn:aws:iam::${scope.account}:${resource}`;
}

/** The ECS cluster that the stack `ecs` makes, by name. */
export function clusterName({ platform, scope }: CiScope): string {
  return `${platform.name}-${scope.name}`;
}

/** The bucket of a scope's states, and what is in it. */
export function stateArns({ platform, scope }: CiScope): { bucket: string; objects: string } {
  const bucket = `arn:aws:s3:::${stateBucket(platform, scope)}`;
  return { bucket, objects: `${bucket}/.pulumi/*` };
}

/** Keys have no name in their ARN: IAM knows one by its aliases. */
export function byStateKeyAlias({ platform, scope }: CiScope): NonNullable<Statement["Condition"]> {
  return { "ForAnyValue:StringEquals": { "kms:ResourceAliases": stateKeyAlias(platform, scope) } };
}

/** What states of every scope are in and sealed with, of those too that come later, as patterns. */
export function everyState({ platform }: CiScope): { buckets: string; keyAlias: string } {
  const any = { name: "*", account: "*", region: "*" };
  return { buckets: `arn:aws:s3:::${stateBucket(platform, any)}*`, keyAlias: stateKeyAlias(platform, any) };
}

/** Preview environments are in the first environment, which is the cheapest to break. */
export function hasPreviews({ platform, scope }: CiScope): boolean {
  return Object.keys(platform.environments)[0] === scope.name;
}

/** All scopes but this one. */
export function otherScopes({ platform, scope }: CiScope): CiScope[] {
  const others = scopeNames(platform).filter((name) => name !== scope.name);
  return others.map((name) => ({ platform, scope: scopeOf(platform, name) }));
}

export function recordTableArn({ platform }: CiScope): string {
  return recordTable(platform).arn;
}
