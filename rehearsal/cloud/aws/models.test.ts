import type { PropertyMap, Provider } from "@fairway/engine";
import { describe, expect, test } from "vitest";
import { accountSamples } from "./accounts/samples.ts";
import { certificateSamples } from "./certificates/samples.ts";
import { computeSamples } from "./compute/samples.ts";
import { containerSamples } from "./containers/samples.ts";
import { edgeSamples } from "./edge/samples.ts";
import { identitySamples } from "./identity/samples.ts";
import { kubernetesSamples } from "./kubernetes/samples.ts";
import { messagingSamples } from "./messaging/samples.ts";
import { networkSamples } from "./network/samples.ts";
import { observabilitySamples } from "./observability/samples.ts";
import { awsProvider, awsTypes } from "./provider.ts";
import type { Sample } from "./sample.ts";
import { storageSamples } from "./storage/samples.ts";
import { tableSamples } from "./tables/samples.ts";

const samples = [
  ...networkSamples,
  ...edgeSamples,
  ...computeSamples,
  ...kubernetesSamples,
  ...identitySamples,
  ...accountSamples,
  ...storageSamples,
  ...observabilitySamples,
  ...messagingSamples,
  ...certificateSamples,
  ...containerSamples,
  ...tableSamples,
];

/** Outputs that no function of the inputs can know: they belong to another resource. */
const UNKNOWABLE: Record<string, string[]> = { "aws:lb/loadBalancer:LoadBalancer": ["vpcId"] };

const aws = await awsProvider().configure({ region: "eu-west-1", allowedAccountIds: '["111122223333"]' });

test("every modelled type has a sample", () => {
  expect(samples.map(({ type }) => type).sort()).toEqual([...awsTypes.keys()].sort());
});

describe.each(samples)("$type", (sample) => {
  test("takes the sample and makes of it what AWS would", async () => {
    const { inputs, failures } = await check(sample, sample.good);
    expect(failures).toEqual([]);
    const { id, outputs } = await create(sample.type, inputs, "00aa11bb");
    expect(id).toMatch(sample.id);
    const malformed = Object.entries(sample.outputs ?? {}).filter(([output, form]) => !form.test(String(outputs[output])));
    expect(malformed.map(([output, form]) => `${output} ${String(outputs[output])} is not ${String(form)}`)).toEqual([]);
    const echoed = Object.entries(inputs).filter(([property]) => !(property in (sample.outputs ?? {})));
    expect(outputs).toMatchObject(Object.fromEntries(echoed));
  });

  test("answers with every output that the SDK's class has", async () => {
    const { inputs } = await check(sample, sample.good);
    const { outputs } = await create(sample.type, inputs, "00aa11bb");
    const missing = awsTypes.get(sample.type)!.schema.outputs.filter((output) => outputs[output] === undefined);
    expect(missing).toEqual(UNKNOWABLE[sample.type] ?? []);
  });

  test.each(sample.bad)("refuses %o", async (change, property, reason) => {
    const { failures } = await check(sample, { ...sample.good, ...change });
    expect(failures.map((failure) => `${failure.property}: ${failure.reason}`)).toContainEqual(
      expect.stringMatching(new RegExp(`^${escaped(property)}: .*${reason.source}`)),
    );
  });

  test("is the same for the same seed, and changes nothing when its inputs do not", async () => {
    const { inputs } = await check(sample, sample.good);
    const made = await create(sample.type, inputs, "00aa11bb");
    expect(await create(sample.type, inputs, "00aa11bb")).toEqual(made);
    const { inputs: again } = await check(sample, sample.good, inputs);
    expect(await diffOf(sample.type, made.id, inputs, made.outputs, again)).toMatchObject({ changedKeys: [], recomputed: [] });
    expect(await update(sample.type, made.id, inputs, made.outputs, again)).toEqual(made.outputs);
  });

  test("made twice without a name of the program's choosing, is two", async () => {
    const [first, second] = [await fresh(sample, "00aa11bb"), await fresh(sample, "ff99ee88")];
    expect(JSON.stringify(first) === JSON.stringify(second)).toBe(SAID_WHOLLY.includes(sample.type));
  });
});

/** Types of which the inputs say all there is to know, so that a second one of the same inputs is the same. */
const SAID_WHOLLY = [
  "aws:accessanalyzer/analyzer:Analyzer",
  "aws:ebs/encryptionByDefault:EncryptionByDefault",
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy",
  "aws:ecs/cluster:Cluster",
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:lb/listenerCertificate:ListenerCertificate",
  "aws:route53/record:Record",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:ssm/parameter:Parameter",
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  ...storageSamples.map(({ type }) => type).filter((type) => type !== "aws:s3/bucket:Bucket"),
];

async function fresh(sample: Sample, seed: string) {
  const { inputs } = await check(sample, sample.good, undefined, seed);
  return create(sample.type, inputs, seed);
}

function check({ type }: Sample, newInputs: PropertyMap, oldInputs?: PropertyMap, seed = "00aa11bb") {
  return aws.check({ urn: "urn", type, name: "sample", oldInputs, newInputs, seed });
}

function create(type: string, inputs: PropertyMap, seed: string) {
  return aws.create({ urn: "urn", type, name: "sample", inputs, token: "token", seed });
}

function diffOf(...[type, id, oldInputs, oldOutputs, newInputs]: Change): ReturnType<Provider["diff"]> {
  return aws.diff({ urn: "urn", type, id, oldInputs, oldOutputs, newInputs });
}

function update(...[type, id, oldInputs, oldOutputs, newInputs]: Change): ReturnType<Provider["update"]> {
  return aws.update({ urn: "urn", type, id, oldInputs, oldOutputs, newInputs });
}

type Change = [type: string, id: string, oldInputs: PropertyMap, oldOutputs: PropertyMap, newInputs: PropertyMap];

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
