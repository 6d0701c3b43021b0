import type { Json, JsonMap, PlannedResource } from "@fairway/resources";
import { readJson } from "../policy/read.ts";
import type { NamedPolicy, PolicyDocument } from "../policy/types.ts";

/** A policy document that stands in a planned resource. */
export interface FoundPolicy {
  /** The resource that states it. */
  in: PlannedResource;
  name: string;
  /** Undefined when it is known only after the update. */
  document: PolicyDocument | undefined;
  /** The program calls it secret: what it compares values with must not be printed. */
  secret: boolean;
}

export interface Role {
  resource: PlannedResource;
  name: string;
  arn: string;
  path: string;
  trust: FoundPolicy;
  /** Inline ones, and attached ones of which the document is known. */
  policies: FoundPolicy[];
  /** Attached ones of which it is not: AWS's own, or another stack's. */
  unread: { in: PlannedResource; arn: string }[];
  /** ARN. */
  boundary: string | undefined;
}

/** A policy on something other than a principal. */
export interface ResourcePolicy extends FoundPolicy {
  /** ARN of what it guards; undefined when that is known only after the update. */
  arn: string | undefined;
}

/** Types whose property holds a resource's own policy, and where the ARN of that resource stands. */
const RESOURCE_POLICIES: Record<string, (resource: PlannedResource, all: PlannedResource[]) => Json | undefined> = {
  "aws:s3/bucketPolicy:BucketPolicy": ({ inputs }) => bucketArn(inputs.bucket),
  "aws:kms/key:Key": ({ outputs }) => outputs.arn,
  "aws:kms/keyPolicy:KeyPolicy": ({ inputs }) => inputs.keyId,
  "aws:sns/topic:Topic": ({ outputs }) => outputs.arn,
  "aws:sns/topicPolicy:TopicPolicy": ({ inputs }) => inputs.arn,
  "aws:sqs/queue:Queue": ({ outputs }) => outputs.arn,
  "aws:sqs/queuePolicy:QueuePolicy": ({ inputs }) => queueArn(inputs.queueUrl),
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ({ inputs }, all) => repositoryArn(inputs.repository, all),
  "aws:dynamodb/resourcePolicy:ResourcePolicy": ({ inputs }) => inputs.resourceArn,
  "aws:secretsmanager/secretPolicy:SecretPolicy": ({ inputs }) => inputs.secretArn,
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": ({ inputs }) => inputs.eventBusName,
};

/** The roles among planned resources, with the policies that other resources give them. */
export function rolesIn(resources: PlannedResource[]): Role[] {
  const managed = new Map(
    resources.filter(({ type }) => type === "aws:iam/policy:Policy").map((policy) => [text(policy.outputs.arn), policy]),
  );
  return resources.filter(({ type }) => type === "aws:iam/role:Role").map(readRole);

  function readRole(resource: PlannedResource): Role {
    const { inputs, outputs } = resource;
    const name = text(outputs.name) || resource.name;
    const inline = maps(inputs.inlinePolicies).map((policy, index) =>
      found(resource, `role policy ${text(policy.name)}`, policy.policy, `inlinePolicies[${index}].policy`),
    );
    const given = resources
      .filter((each) => each.type === "aws:iam/rolePolicy:RolePolicy" && isOf(each, resource))
      .map((each) => found(each, `role policy ${each.name}`, each.inputs.policy, "policy"));
    const attachments = resources.filter(
      (each) => each.type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment" && isOf(each, resource),
    );
    const arns = [
      ...list(inputs.managedPolicyArns).map((arn) => ({ in: resource, arn: text(arn) })),
      ...attachments.map((each) => ({ in: each, arn: text(each.inputs.policyArn) })),
    ];
    const attached = arns.flatMap(({ in: by, arn }) => {
      const policy = managed.get(arn);
      return policy ? [{ ...found(policy, `policy ${policy.name}`, policy.inputs.policy, "policy"), in: by }] : [];
    });
    return {
      resource,
      name,
      arn: text(outputs.arn),
      path: text(outputs.path) || "/",
      trust: found(resource, `trust of ${name}`, inputs.assumeRolePolicy, "assumeRolePolicy"),
      policies: [...inline, ...given, ...attached],
      unread: arns.filter(({ arn }) => !managed.has(arn)),
      boundary: text(inputs.permissionsBoundary) || undefined,
    };
  }
}

/** The policies of buckets, keys, tables, topics and so on among planned resources. */
export function resourcePoliciesIn(resources: PlannedResource[]): ResourcePolicy[] {
  return resources.flatMap((resource) => {
    const arnOf = RESOURCE_POLICIES[resource.type];
    const stated = resource.inputs.policy;
    if (!arnOf || (stated === undefined && !resource.unknowns.includes("policy"))) return [];
    const arn = text(arnOf(resource, resources)) || undefined;
    return [{ ...found(resource, `policy of ${resource.name}`, stated, "policy"), arn }];
  });
}

/** A found policy for `evaluate`. @throws when it is known only after the update */
export function named({ name, document, in: { urn } }: FoundPolicy): NamedPolicy {
  if (!document) throw new Error(`${name} (${urn}) is known only after the update: nothing can be said of it yet.`);
  return { name, document };
}

function found(by: PlannedResource, name: string, value: Json | undefined, path: string): FoundPolicy {
  const secret = by.secrets.some((each) => path === each || path.startsWith(`${each}[`) || path.startsWith(`${each}.`));
  return { in: by, name, document: documentOf(value, by), secret };
}

/** Not judged yet: what shows policies takes those too that `evaluate` refuses. */
function documentOf(value: Json | undefined, { name }: PlannedResource): PolicyDocument | undefined {
  return typeof value === "string" ? readJson(value, name) : undefined;
}

/** Whether a policy or attachment is of a role: by its name, by its ARN, or by where the value comes from while that is not known. */
function isOf(each: PlannedResource, role: PlannedResource): boolean {
  const stated = text(each.inputs.role);
  if (stated) return stated === text(role.outputs.name) || stated === role.outputs.id;
  return (each.propertyDependencies.role ?? []).includes(role.urn);
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function maps(value: Json | undefined): JsonMap[] {
  return list(value).filter((each): each is JsonMap => typeof each === "object" && each !== null && !Array.isArray(each));
}

function bucketArn(bucket: Json | undefined): string {
  const name = text(bucket);
  return name && !name.startsWith("arn:") ? `arn:aws:s3:::${name}` : name;
}

/** `https://sqs.eu-west-1.amazonaws.com/222222222222/orders` */
function queueArn(url: Json | undefined): string {
  const found = /^https:\/\/sqs\.([\w-]+)\.amazonaws\.com[\w.]*\/(\d{12})\/(.+)$/.exec(text(url));
  return found ? `arn:aws:sqs:${found[1]}:${found[2]}:${found[3]}` : text(url);
}

function repositoryArn(name: Json | undefined, all: PlannedResource[]): Json | undefined {
  return all.find(({ type, outputs }) => type === "aws:ecr/repository:Repository" && outputs.name === name)?.outputs.arn;
}
