import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import type { Fail, Model, Place, Rule } from "../../models/model.ts";
import { parseJson, policyDocument, sameJson } from "../../rules/policy.ts";
import { arnOf, oneOf, show, text } from "../../rules/text.ts";
import { arn, text as textOf } from "../names.ts";

/** Names of repositories, with folders (ECR API reference, CreateRepository). */
const repositoryName = text({
  min: 2,
  max: 256,
  pattern: /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/,
  allowed: "lower-case letters and digits, with single . _ or hyphens and / between them",
});

const EXCLUDING = ["IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"];

/** ECR: repositories, who may use them, and when images go. The policies are resources whose id is the repository's name. */
export const ecrModels: Model[] = [
  {
    type: "aws:ecr/repository:Repository",
    guarded: "data",
    autoName: { property: "name", max: 256, lowerCase: true },
    defaults: { imageTagMutability: "MUTABLE" },
    rules: { name: repositoryName, imageTagMutability: oneOf("MUTABLE", "IMMUTABLE", ...EXCLUDING) },
    validate: checkRepository,
    id: (making) => textOf(making.inputs, "name"),
    outputs: (made) => {
      const { accountId, region, dnsSuffix } = made.place;
      return {
        arn: repositoryArn(made.place, made.id),
        registryId: accountId,
        repositoryUrl: `${accountId}.dkr.ecr.${region}.${dnsSuffix}/${made.id}`,
      };
    },
  },
  {
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    rules: { policy: policyDocument(10_240) },
    same: { policy: sameJson },
    id: (making) => textOf(making.inputs, "repository"),
    outputs: (made) => ({ registryId: made.place.accountId }),
  },
  {
    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    rules: { policy: lifecyclePolicy },
    same: { policy: sameJson },
    id: (making) => textOf(making.inputs, "repository"),
    outputs: (made) => ({ registryId: made.place.accountId }),
  },
];

function repositoryArn(place: Place, name: string): string {
  return arn(place, "ecr", `repository/${name}`);
}

function checkRepository(inputs: PropertyMap, fail: Fail): void {
  const { imageTagMutability: mutability, imageTagMutabilityExclusionFilters: filters } = inputs;
  if (filters !== undefined && typeof mutability === "string" && !EXCLUDING.includes(mutability))
    fail("imageTagMutabilityExclusionFilters", `is not for ${mutability}. Remove it, or use ${EXCLUDING.join(" or ")}.`);
  const configurations = Array.isArray(inputs.encryptionConfigurations) ? inputs.encryptionConfigurations : [];
  if (configurations.length > 1) fail("encryptionConfigurations", `has ${configurations.length} elements. Keep one.`);
  const [encryption] = configurations;
  if (!isMap(encryption)) return;
  const at = "encryptionConfigurations[0]";
  const type = encryption.encryptionType ?? "AES256";
  const wrongType = typeof type === "string" ? oneOf("AES256", "KMS", "KMS_DSSE")(type, inputs) : undefined;
  if (wrongType) fail(`${at}.encryptionType`, wrongType);
  if (type === "AES256" && encryption.kmsKey !== undefined) fail(`${at}.kmsKey`, "is not for AES256. Remove it, or use KMS.");
  const wrongKey = typeof encryption.kmsKey === "string" ? arnOf("kms")(encryption.kmsKey, inputs) : undefined;
  if (wrongKey) fail(`${at}.kmsKey`, wrongKey);
}

/**
 * Rules of when images go (ECR user guide, "Lifecycle policy properties"): priorities are unique, the rule for any image comes last,
 * and a rule for tagged images says which tags.
 */
const lifecyclePolicyProblem = (document: PropertyValue | undefined): string | undefined => {
  if (document === undefined) return "is not JSON. Build it with pulumi.jsonStringify.";
  const rules = isMap(document) && Array.isArray(document.rules) ? document.rules.filter(isMap) : [];
  if (rules.length === 0) return "has no rules. Add at least one.";
  if (rules.length > 50) return `has ${rules.length} rules, at most 50 are allowed. Remove some.`;
  const priorities = rules.map(({ rulePriority }) => rulePriority ?? null);
  const twice = priorities.find((priority, index) => priorities.indexOf(priority) !== index);
  if (twice !== undefined) return `two rules have the priority ${show(twice)}. Give each one of its own.`;
  for (const [index, { rulePriority, selection, action }] of rules.entries()) {
    const at = `rules[${index}]`;
    if (!isMap(selection)) return `${at} has no selection. Add one.`;
    if (!isMap(action) || !["expire", "transition"].includes(action.type as string)) return `${at}.action.type is not expire.`;
    const { tagStatus, tagPrefixList, tagPatternList, countType, countUnit, countNumber } = selection;
    if (!["tagged", "untagged", "any"].includes(tagStatus as string))
      return `${at}.selection.tagStatus ${show(tagStatus ?? null)} is not tagged, untagged or any.`;
    if (tagStatus === "tagged" && (tagPrefixList === undefined) === (tagPatternList === undefined))
      return `${at}.selection needs one of tagPrefixList and tagPatternList.`;
    if (tagStatus === "any" && priorities.some((other) => Number(other) > Number(rulePriority)))
      return `${at} takes any image, so it must have the highest rulePriority.`;
    if (!(typeof countNumber === "number" && countNumber >= 1)) return `${at}.selection.countNumber is not 1 or more.`;
    if (countType === "sinceImagePushed" && countUnit !== "days") return `${at}.selection.countUnit must be days.`;
    if (countType === "imageCountMoreThan" && countUnit !== undefined)
      return `${at}.selection.countUnit is not for imageCountMoreThan. Remove it.`;
  }
  return undefined;
};

function lifecyclePolicy(...[value]: Parameters<Rule>): string | undefined {
  return lifecyclePolicyProblem(parseJson(value));
}
