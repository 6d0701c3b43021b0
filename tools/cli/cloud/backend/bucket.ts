import { CreateBucketCommand, type BucketLocationConstraint, HeadBucketCommand } from "@aws-sdk/client-s3";
import { type Platform, type Scope, stateBucket } from "@fairway/settings";
import { Failure } from "../../failure.ts";
import type { AwsClients } from "../aws/clients.ts";
import { asking, errorName, statusOf } from "../aws/explain.ts";
import { MISSING, RIGHT, type Standing, type Step } from "../steps.ts";
import { bucketSettings } from "./bucket-settings.ts";
import type { StateKey } from "./key.ts";

/** Region whose buckets are made without naming it (CreateBucket, Amazon S3 API reference). */
const UNNAMED_REGION = "us-east-1";

/**
 * The steps that make a scope's state bucket, after those of its key. States are some megabytes: under $0.10 a month with versions.
 */
export function bucketSteps(clients: Pick<AwsClients, "s3">, platform: Platform, scope: Scope, key: StateKey): Step[] {
  const { s3 } = clients;
  const Bucket = stateBucket(platform, scope);
  const on = `the bucket ${Bucket}`;
  let exists = false;

  const settings = bucketSettings(clients, platform, scope, key).map((step): Step => ({
    ...step,
    look: async () => (exists ? step.look() : MISSING),
  }));
  return [{ name: `bucket ${Bucket}`, look: lookBucket, make: makeBucket }, ...settings];

  async function lookBucket(): Promise<Standing> {
    try {
      const { BucketRegion } = await s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: scope.account }));
      exists = true;
      if (BucketRegion !== undefined && BucketRegion !== scope.region) throw elsewhere(BucketRegion);
      return RIGHT;
    } catch (error) {
      if (statusOf(error) === 404) return MISSING;
      if (statusOf(error) === 301) throw elsewhere("another region");
      if (statusOf(error) === 403) throw notOurs();
      return asking({ action: "s3:HeadBucket", on }, () => Promise.reject(error));
    }
  }

  async function makeBucket() {
    const CreateBucketConfiguration =
      scope.region === UNNAMED_REGION ? undefined : { LocationConstraint: scope.region as BucketLocationConstraint };
    try {
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectOwnership: "BucketOwnerEnforced" }));
    } catch (error) {
      if (errorName(error) === "BucketAlreadyExists") throw notOurs();
      // Two people on the first day: the other one was faster.
      if (errorName(error) !== "BucketAlreadyOwnedByYou")
        await asking({ action: "s3:CreateBucket", on }, () => Promise.reject(error));
    }
    exists = true;
  }

  function elsewhere(region: string) {
    return new Failure(
      `${Bucket} is in ${region}, and platform.config.ts says ${scope.region}. A bucket can't move: correct the region, ` +
        `or move the states away (\`pulumi stack export\`), delete the bucket, and run this again.`,
    );
  }

  function notOurs() {
    return new Failure(
      `${Bucket} is owned by another account, or hidden from the role that you are. Bucket names are the world's: ` +
        `if it is not yours, choose another \`name\` in platform.config.ts (it is the prefix) and run \`npx fairway config\`; ` +
        `if it is, sign in as an administrator of ${scope.account}.`,
    );
  }
}
