import { expect, test } from "vitest";
import { CLOUDFORMATION_TYPES, compared, differences, WITHOUT_LIKENESS } from "./cdk-types.ts";

const bucket = "aws:s3/bucket:Bucket";
const subnet = "aws:ec2/subnet:Subnet";
const counts = (entries: Record<string, number>) => new Map(Object.entries(entries));

test("types in the same counts are the same platform, whatever groups them", () => {
  const plan = counts({ [bucket]: 3, "fairway:components:LogBucket": 3 });
  expect(differences(plan, counts({ "AWS::S3::Bucket": 3, "AWS::CDK::Metadata": 9 }))).toEqual([]);
});

test("a tenth more or fewer of a type is near enough, and no more than that", () => {
  const plan = counts({ [subnet]: 20 });
  expect(differences(plan, counts({ "AWS::EC2::Subnet": 18 }))).toEqual([]);
  expect(differences(plan, counts({ "AWS::EC2::Subnet": 22 }))).toEqual([]);
  expect(differences(plan, counts({ "AWS::EC2::Subnet": 17 }))).toEqual([
    "AWS::EC2::Subnet: 17 in the templates, 20 in the plan",
    "in all: 17 in the templates, 20 in the plan",
  ]);
});

test("what is missing, unknown or only there is named", () => {
  const plan = counts({ [subnet]: 10, "aws:sqs/queue:Queue": 1 });
  expect(differences(plan, counts({ "AWS::SNS::Topic": 10 }))).toEqual([
    "aws:sqs/queue:Queue has no line in bench/cdk-types.ts",
    "AWS::SNS::Topic is in the templates only",
    "AWS::EC2::Subnet: 0 in the templates, 10 in the plan",
  ]);
});

test("every object of a cluster is a custom resource", () => {
  const plan = counts({ "kubernetes:core/v1:Namespace": 2, "kubernetes:networking.k8s.io/v1:NetworkPolicy": 8 });
  expect(differences(plan, counts({ "Custom::AWSCDK-EKS-KubernetesResource": 10 }))).toEqual([]);
  expect(differences(plan, counts({ "Custom::AWSCDK-EKS-KubernetesResource": 8 }))).toEqual([
    "Custom::AWSCDK-EKS-KubernetesResource: 8 in the templates, 10 in the plan",
    "in all: 8 in the templates, 10 in the plan",
  ]);
});

test("what either side lacks is counted on neither, and said", () => {
  const plan = counts({ [bucket]: 8, "aws:s3/bucketVersioning:BucketVersioning": 4, "fairway:components:LogBucket": 8 });
  const templates = counts({ "AWS::S3::Bucket": 8, "AWS::EC2::VPCGatewayAttachment": 3, "AWS::CDK::Metadata": 5 });
  expect(differences(plan, templates)).toEqual([]);
  expect(compared(plan, templates)).toEqual({ plan: 8, templates: 8, withoutLikeness: 4 });
});

test("a type is either compared or without likeness", () => {
  expect(Object.keys(CLOUDFORMATION_TYPES).filter((type) => type in WITHOUT_LIKENESS)).toEqual([]);
});
