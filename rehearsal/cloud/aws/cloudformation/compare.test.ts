import { describe, expect, test } from "vitest";
import { awsTypes } from "../provider.ts";
import { compareWithCloudFormation, type Comparison } from "./compare.ts";
import { EXPLAINED } from "./differences.ts";
import { CLOUDFORMATION_TYPES } from "./types.ts";

const compared = compareWithCloudFormation(awsTypes);
const differing = compared.filter(({ provider, cloudFormation }) => provider !== cloudFormation);

/** Types with nothing to compare with; types.ts says why. */
const WITHOUT_LIKENESS = [
  "aws:ebs/encryptionByDefault:EncryptionByDefault",
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:dynamodb/resourcePolicy:ResourcePolicy",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:route53/healthCheck:HealthCheck",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:secretsmanager/secretVersion:SecretVersion",
];

describe("what forces replacement", () => {
  test("agrees with AWS's CloudFormation specification, or the difference is explained", () => {
    expect(differing.map(sentence).sort()).toEqual(explained().map(sentence).sort());
  });

  test("is compared for every modelled type that CloudFormation has", () => {
    expect([...Object.keys(CLOUDFORMATION_TYPES), ...WITHOUT_LIKENESS].sort()).toEqual([...awsTypes.keys()].sort());
  });

  test("is compared on at least one property of every such type", () => {
    const types = new Set(compared.map(({ type }) => type));
    expect(Object.keys(CLOUDFORMATION_TYPES).filter((type) => !types.has(type))).toEqual([]);
  });

  test("names only properties that the types have", () => {
    const misnamed = [...awsTypes].flatMap(([type, { schema, replacements }]) =>
      [...replacements.properties, ...Object.keys(replacements.sometimes ?? {})]
        .filter((property) => !schema.inputs.includes(property))
        .map((property) => `${type} ${property}`),
    );
    expect(misnamed).toEqual([]);
  });

  test("includes the region of every type that has one", () => {
    const without = [...awsTypes].filter(
      ([, { schema, replacements }]) => schema.inputs.includes("region") && !replacements.properties.includes("region"),
    );
    expect(without.map(([type]) => type)).toEqual([]);
  });
});

function explained(): Comparison[] {
  return EXPLAINED.flatMap(({ properties, ...rest }) => properties.map((property) => ({ ...rest, property })));
}

function sentence({ type, property, provider, cloudFormation }: Comparison): string {
  return `${type} ${property}: the provider ${provider}, CloudFormation ${cloudFormation}`;
}
