import { EC2Client } from "@aws-sdk/client-ec2";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { STSClient } from "@aws-sdk/client-sts";
import type { Scope } from "@fairway/settings";

/** The parts of AWS that these commands ask. Tests give others. */
export interface AwsClients {
  sts: Pick<STSClient, "send">;
  s3: Pick<S3Client, "send">;
  kms: Pick<KMSClient, "send">;
  quotas: Pick<ServiceQuotasClient, "send">;
  ec2: Pick<EC2Client, "send">;
}

/** Milliseconds until a call without an answer is given up. */
export const CALL_TIMEOUT = 5_000;

/** The SDK retries throttling and lost connections this often, with growing pauses, before it tells us. */
const ATTEMPTS = 4;

/** Clients of a scope's region, with whatever credentials the environment has. None of them calls anything before it is asked. */
export function awsClients(scope: Pick<Scope, "region">, overrides: { endpoint?: string } = {}): AwsClients {
  const configuration = {
    region: scope.region,
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: CALL_TIMEOUT, requestTimeout: CALL_TIMEOUT, throwOnRequestTimeout: true },
    ...overrides,
  };
  return {
    sts: new STSClient(configuration),
    // With an endpoint of its own a bucket's name can't be part of the host.
    s3: new S3Client({ ...configuration, forcePathStyle: overrides.endpoint !== undefined }),
    kms: new KMSClient(configuration),
    quotas: new ServiceQuotasClient(configuration),
    ec2: new EC2Client(configuration),
  };
}
