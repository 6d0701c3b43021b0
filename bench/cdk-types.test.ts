import { expect, test } from "vitest";
import { differences } from "./cdk-types.ts";

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

test("what CloudFormation has no type for still counts in all", () => {
  const plan = counts({ [bucket]: 8, "aws:s3/bucketVersioning:BucketVersioning": 2 });
  expect(differences(plan, counts({ "AWS::S3::Bucket": 8 }))).toEqual(["in all: 8 in the templates, 10 in the plan"]);
});
