import { actionMatches } from "@fairway/iam";
import type { JsonMap, PlannedResource } from "@fairway/resources";
import { map, maps, parsed, texts, unknown } from "../reading/values.ts";
import type { Plan } from "../reading/plan.ts";

/** One statement of a document that grants something. */
export interface Statement {
  resource: PlannedResource;
  /** Where the document stands, and the statement's name or number: `policy, statement ReadTable`. */
  where: string;
  /** `identity`: what a role may do; `trust`: who may take a role; `resource`: who may do what with a resource. */
  kind: Kind;
  effect: string;
  actions: string[];
  notActions: string[];
  /** Empty where the document names none: in a trust policy. */
  resources: string[];
  /** Whether it names what it is *not* about: everything else, then. */
  notResources: string[];
  principals: { type: string; value: string }[];
  /** Principals that are left out: everybody else, then. */
  notPrincipals: boolean;
  conditions: { operator: string; key: string; values: string[] }[];
}

type Kind = "identity" | "trust" | "resource";

/** Where documents stand, by type: the property and what it grants. */
const DOCUMENTS: Record<string, { property: string; kind: Kind }[]> = {
  "aws:iam/role:Role": [{ property: "assumeRolePolicy", kind: "trust" }],
  "aws:iam/rolePolicy:RolePolicy": [{ property: "policy", kind: "identity" }],
  "aws:iam/userPolicy:UserPolicy": [{ property: "policy", kind: "identity" }],
  "aws:iam/groupPolicy:GroupPolicy": [{ property: "policy", kind: "identity" }],
  "aws:iam/policy:Policy": [{ property: "policy", kind: "identity" }],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": [{ property: "policy", kind: "identity" }],
  "aws:s3/bucketPolicy:BucketPolicy": [{ property: "policy", kind: "resource" }],
  "aws:s3/bucket:Bucket": [{ property: "policy", kind: "resource" }],
  "aws:sqs/queuePolicy:QueuePolicy": [{ property: "policy", kind: "resource" }],
  "aws:sqs/queue:Queue": [{ property: "policy", kind: "resource" }],
  "aws:sns/topicPolicy:TopicPolicy": [{ property: "policy", kind: "resource" }],
  "aws:sns/topic:Topic": [{ property: "policy", kind: "resource" }],
  "aws:kms/key:Key": [{ property: "policy", kind: "resource" }],
  "aws:kms/keyPolicy:KeyPolicy": [{ property: "policy", kind: "resource" }],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": [{ property: "policy", kind: "resource" }],
  "aws:ecr/registryPolicy:RegistryPolicy": [{ property: "policy", kind: "resource" }],
  "aws:secretsmanager/secret:Secret": [{ property: "policy", kind: "resource" }],
  "aws:secretsmanager/secretPolicy:SecretPolicy": [{ property: "policy", kind: "resource" }],
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": [{ property: "policy", kind: "resource" }],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": [{ property: "policyDocument", kind: "resource" }],
  "aws:dynamodb/resourcePolicy:ResourcePolicy": [{ property: "policy", kind: "resource" }],
  "aws:efs/fileSystemPolicy:FileSystemPolicy": [{ property: "policy", kind: "resource" }],
  "aws:backup/vaultPolicy:VaultPolicy": [{ property: "policy", kind: "resource" }],
  "aws:opensearch/domain:Domain": [{ property: "accessPolicies", kind: "resource" }],
  "aws:elasticsearch/domain:Domain": [{ property: "accessPolicies", kind: "resource" }],
};

/** Every statement of every document whose text is known. */
export function statements(plan: Plan, ...kinds: Kind[]): Statement[] {
  const found = Object.entries(DOCUMENTS).flatMap(([type, documents]) =>
    plan
      .of(type)
      .filter(({ external }) => !external)
      .flatMap((resource) => [
        ...documents.flatMap(({ property, kind }) => read(resource, property, resource.inputs[property], kind)),
        // A role's own policies, written inside it.
        ...maps(resource.inputs.inlinePolicies).flatMap(({ policy }, index) =>
          read(resource, `inlinePolicies[${index}].policy`, policy, "identity"),
        ),
      ]),
  );
  return found.filter(({ kind }) => kinds.includes(kind));
}

function read(resource: PlannedResource, property: string, text: JsonMap[string] | undefined, kind: Kind): Statement[] {
  if (text === undefined || unknown(resource, property)) return [];
  const document = map(parsed(text));
  const all = document?.Statement;
  return (Array.isArray(all) ? maps(all) : maps([all ?? null])).map((statement, index) => ({
    resource,
    where: `${property}, statement ${typeof statement.Sid === "string" && statement.Sid ? statement.Sid : index + 1}`,
    kind,
    effect: String(statement.Effect),
    actions: texts(statement.Action),
    notActions: texts(statement.NotAction),
    resources: texts(statement.Resource),
    notResources: texts(statement.NotResource),
    principals: principals(statement.Principal),
    notPrincipals: statement.NotPrincipal !== undefined,
    conditions: conditions(map(statement.Condition) ?? {}),
  }));
}

function principals(value: JsonMap[string] | undefined): Statement["principals"] {
  if (typeof value === "string") return [{ type: "AWS", value }];
  return Object.entries(map(value) ?? {}).flatMap(([type, each]) => texts(each).map((one) => ({ type, value: one })));
}

function conditions(value: JsonMap): Statement["conditions"] {
  return Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(map(keys) ?? {}).map(([key, values]) => ({ operator, key, values: texts(values) })),
  );
}

/** Whether a pattern of IAM, with `*` and `?`, takes every name. */
export function takesAll(pattern: string): boolean {
  return /^[*?:]*\*[*?:]*$/.test(pattern);
}

/** Whether a statement is about an action: it names it, or does not leave it out. */
export function isAbout({ actions, notActions }: Statement, action: string): boolean {
  return (
    actions.some((pattern) => takesAction(pattern, action)) ||
    (notActions.length > 0 && !notActions.some((pattern) => takesAction(pattern, action)))
  );
}

export function takesAction(pattern: string, action: string): boolean {
  return !pattern.includes("${") && actionMatches(pattern, action);
}
