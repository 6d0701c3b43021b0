import type { Scope } from "@fairway/settings";
import type { AwsClients } from "../aws/clients.ts";
import { awsError, type Handlers, sender } from "./fake-client.ts";
import { createKms, type FakeKms } from "./fake-kms.ts";
import { createS3, type FakeS3 } from "./fake-s3.ts";

/** One account of an AWS that lives in memory: the calls that setting up and checking need, with AWS's own error names. */
export interface FakeAws {
  clients: AwsClients;
  kms: FakeKms;
  s3: FakeS3;
  /** Names of the calls so far, in order: `CreateBucketCommand`. */
  calls: string[];
  /** Lets every call of a name fail from now on, or only the first `times`. */
  fail(command: string, error: { name: string; status?: number; message?: string }, times?: number): void;
  /** What the account may have, by quota code. For one that nobody changed only its default is answered, under `default CODE`. */
  quotas: Map<string, number>;
  /** What EC2 has in the region. */
  network: { vpcs: Tagged[]; addresses: Tagged[]; zones: string[] };
}

export type Tagged = { tags: Record<string, string> };

export function createFakeAws(scope: Scope, options: { caller?: string } = {}): FakeAws {
  const account = options.caller ?? scope.account;
  const calls: string[] = [];
  const failures = new Map<string, { error: Error; left: number }>();
  const quotas = new Map<string, number>();
  const network: FakeAws["network"] = {
    vpcs: [],
    addresses: [],
    zones: ["a", "b", "c"].map((letter) => `${scope.region}${letter}`),
  };
  const s3 = createS3(account, scope.region);
  const kms = createKms(account, scope.region);

  const before = (command: string) => {
    calls.push(command);
    const failure = failures.get(command);
    if (!failure || failure.left === 0) return;
    failure.left -= 1;
    throw failure.error;
  };
  const quota = (code: string) => {
    const Value = quotas.get(code);
    if (Value === undefined)
      throw awsError("NoSuchResourceException", 400, "The request failed because the specified resource does not exist.");
    return { Quota: { Value } };
  };
  const send = (handlers: Handlers) => sender(handlers, before);
  const tags = (each: Tagged) => Object.entries(each.tags).map(([Key, Value]) => ({ Key, Value }));

  const clients = {
    sts: send({
      GetCallerIdentityCommand: () => ({ Account: account, Arn: `arn:aws:sts::${account}:assumed-role/Administrator/ada` }),
    }),
    s3: send(s3.handlers),
    kms: send(kms.handlers),
    quotas: send({
      GetServiceQuotaCommand: ({ QuotaCode }) => quota(String(QuotaCode)),
      GetAWSDefaultServiceQuotaCommand: ({ QuotaCode }) => quota(`default ${String(QuotaCode)}`),
    }),
    ec2: send({
      DescribeVpcsCommand: () => ({ Vpcs: network.vpcs.map((each) => ({ Tags: tags(each) })) }),
      DescribeAddressesCommand: () => ({ Addresses: network.addresses.map((each) => ({ Tags: tags(each) })) }),
      DescribeAvailabilityZonesCommand: () => ({ AvailabilityZones: network.zones.map((ZoneName) => ({ ZoneName })) }),
    }),
  } as unknown as AwsClients;

  return {
    clients,
    kms,
    s3,
    calls,
    quotas,
    network,
    fail: (command, { name, status = 400, message = name }, times = Infinity) =>
      void failures.set(command, { error: awsError(name, status, message), left: times }),
  };
}
