import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createTrials, type Trial, type TrialRequest } from "@fairway/planner/testing";
import { type Environment, type Platform, provided } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const CLUSTER = "aws:eks/cluster:Cluster";
const KEY = "arn:aws:kms:eu-west-1:222222222222:key/1b2c3d4e-0000-4000-8000-0123456789ab";
const SUBNETS = ["subnet-0a1b2c3d4e5f67892", "subnet-0a1b2c3d4e5f67893"];

const network = {
  vpcId: "vpc-0a1b2c3d4e5f67890",
  cidr: "10.10.0.0/16",
  publicSubnetIds: ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"],
  privateSubnetIds: SUBNETS,
  isolatedSubnetIds: [],
};
const account = { dataKeyArn: KEY, costTopicArn: "arn:aws:sns:eu-west-1:222222222222:cost" };

type Changes = { settings?: Partial<Platform>; environment?: Partial<Environment> };

/** Runs the stack of an environment, with changed settings of the platform or of the environment. */
function kubernetes(stack: string, { settings, environment }: Changes = {}, more: Partial<TrialRequest> = {}) {
  const environments = { ...platform.environments, [stack]: { ...platform.environments[stack], ...environment } };
  const program = {
    module: fileURLToPath(new URL("./index.ts", import.meta.url)),
    args: { ...platform, ...settings, environments },
  };
  return trials.run({ program, project: "kubernetes", stack, outputs: { network, account }, ...more });
}

function only(trial: Trial, type: string) {
  const found = trial.ofType(type);
  expect(trial.errors).toEqual([]);
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe("the cluster", () => {
  test("is in Auto Mode: nodes, storage and load balancing are AWS's, and nothing else is installed", async () => {
    const { inputs } = only(await kubernetes("dev"), CLUSTER);
    expect(inputs).toMatchObject({
      name: "acme-dev",
      version: "1.35",
      bootstrapSelfManagedAddons: false,
      computeConfig: { enabled: true, nodePools: ["general-purpose", "system"] },
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
      storageConfig: { blockStorage: { enabled: true } },
      vpcConfig: { subnetIds: SUBNETS, endpointPrivateAccess: true },
    });
  });

  test("is upgraded when standard support ends, rather than billed for extended support", async () => {
    expect(only(await kubernetes("dev"), CLUSTER).inputs.upgradePolicy).toEqual({ supportType: "STANDARD" });
  });

  test("encrypts secrets with the environment's data key, whose use for volumes its role is granted", async () => {
    const trial = await kubernetes("dev");
    expect(only(trial, CLUSTER).inputs.encryptionConfig).toEqual({ provider: { keyArn: KEY }, resources: ["secrets"] });
    const { inputs } = only(trial, "aws:iam/rolePolicy:RolePolicy");
    const statements = JSON.parse(String(inputs.policy)).Statement as { Resource: string }[];
    expect(new Set(statements.map(({ Resource }) => Resource))).toEqual(new Set([KEY]));
  });

  test("writes its whole log into a group that was there before it, encrypted and not kept for ever", async () => {
    const trial = await kubernetes("dev", {}, { config: { "aws:region": "eu-west-1", "kubernetes:logDays": "365" } });
    const logs = only(trial, "aws:cloudwatch/logGroup:LogGroup");
    const cluster = only(trial, CLUSTER);
    expect(logs.inputs).toMatchObject({ name: "/aws/eks/acme-dev/cluster", retentionInDays: 365, kmsKeyId: KEY });
    expect(cluster.inputs.enabledClusterLogTypes).toEqual(["api", "audit", "authenticator", "controllerManager", "scheduler"]);
    expect(cluster.dependencies).toContain(logs.urn);
  });

  test("has roles that AWS's services assume, below the platform's path and its boundary, with AWS's policies and no others", async () => {
    const trial = await kubernetes("dev");
    const roles = trial.ofType("aws:iam/role:Role").map(({ inputs }) => inputs);
    const trusted = roles.map(({ assumeRolePolicy }) => JSON.parse(String(assumeRolePolicy)).Statement);
    expect(trusted).toEqual([
      [
        expect.objectContaining({
          Principal: { Service: "eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          // Of another account's cluster it is not.
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:aws:eks:eu-west-1:222222222222:cluster/*" },
            StringEquals: { "aws:SourceAccount": "222222222222" },
          },
        }),
      ],
      [expect.objectContaining({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" })],
    ]);
    for (const role of roles) {
      expect(role).toMatchObject({
        path: "/acme/dev/platform/",
        permissionsBoundary: "arn:aws:iam::222222222222:policy/acme/acme-dev-boundary",
      });
    }
    const attached = trial.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    expect(attached.map(({ inputs }) => String(inputs.policyArn).replace("arn:aws:iam::aws:policy/", "")).sort()).toEqual([
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonEKSBlockStoragePolicyV2",
      "AmazonEKSClusterPolicy",
      "AmazonEKSComputePolicy",
      "AmazonEKSLoadBalancingPolicy",
      "AmazonEKSNetworkingPolicy",
      "AmazonEKSWorkerNodeMinimalPolicy",
    ]);
    const { dependencies } = only(trial, CLUSTER);
    expect(attached.filter(({ urn }) => !dependencies.includes(urn))).toEqual([]);
  });

  test("is protected from deletion in production, by AWS and by Pulumi, and in dev by neither", async () => {
    const [production, dev] = [await kubernetes("production"), await kubernetes("dev")].map((trial) => only(trial, CLUSTER));
    expect([production!.protect, production!.inputs.deletionProtection]).toEqual([true, true]);
    expect([dev!.protect, dev!.inputs.deletionProtection]).toEqual([false, false]);
  });

  test("is planned before it is there, with nothing made up of what only AWS can say", async () => {
    const { errors, outputs } = await kubernetes("dev", {}, { mode: "preview" });
    expect(errors).toEqual([]);
    expect(outputs.clusterName).toBe("acme-dev");
    expect(outputs.securityGroupId).not.toEqual(expect.any(String));
  });

  test("says what workloads need of it", async () => {
    const { outputs, ...trial } = await kubernetes("dev");
    const { endpoint, arn } = only({ outputs, ...trial }, CLUSTER).outputs;
    expect(outputs).toMatchObject({ clusterName: "acme-dev", clusterArn: arn, endpoint });
    expect(outputs.securityGroupId).toMatch(/^sg-0[0-9a-f]{16}$/);
    expect(Buffer.from(String(outputs.certificateAuthority), "base64").toString()).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  });
});

describe("the cluster's API", () => {
  const vpcConfig = async (changes: Changes) => only(await kubernetes("dev", changes), CLUSTER).inputs.vpcConfig;
  const clients = ["203.0.113.0/24", "198.51.100.0/24"];

  test("is reached by who has credentials, from any address as long as no clients are named", async () => {
    const environment = { kubernetes: { version: "1.35", clients: [] } };
    expect(await vpcConfig({ environment })).toMatchObject({ endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] });
  });

  test("is reached from the clients' addresses only, once some are named", async () => {
    const environment = { kubernetes: { version: "1.35", clients } };
    expect(await vpcConfig({ environment })).toMatchObject({
      endpointPublicAccess: true,
      publicAccessCidrs: ["198.51.100.0/24", "203.0.113.0/24"],
    });
  });

  test("is reached from inside the network only, when the runners are there", async () => {
    const changes: Changes = { settings: { runners: "codebuild" }, environment: { kubernetes: { version: "1.35", clients } } };
    expect(await vpcConfig(changes)).toEqual({
      subnetIds: SUBNETS,
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    });
  });
});

describe("access", () => {
  const role = (name: string) => `arn:aws:iam::222222222222:role/acme/ci/acme-dev-${name}`;

  test("is by IAM alone, and its maker has none", async () => {
    expect(only(await kubernetes("dev"), CLUSTER).inputs.accessConfig).toEqual({
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: false,
    });
  });

  test("is given to CI's roles once each: a team's deploy role only by its group", async () => {
    const trial = await kubernetes("dev");
    const entries = trial
      .ofType("aws:eks/accessEntry:AccessEntry")
      .map(({ inputs }) => [inputs.principalArn, inputs.kubernetesGroups]);
    expect(entries).toEqual([
      [role("deploy-platform"), undefined],
      [role("preview"), ["fairway-preview"]],
      [role("deploy-shopping"), ["team-shopping"]],
    ]);
  });

  test("to everything has the platform's deploy role only; the preview role reads", async () => {
    const trial = await kubernetes("dev");
    const bound = trial.ofType("aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
    expect(
      bound.map(({ inputs }) => [inputs.principalArn, String(inputs.policyArn).split("/").at(-1), inputs.accessScope]),
    ).toEqual([
      [role("deploy-platform"), "AmazonEKSClusterAdminPolicy", { type: "cluster" }],
      [role("preview"), "AmazonEKSViewPolicy", { type: "cluster" }],
    ]);
  });

  test("of a new team is an entry more, and changes nothing else", async () => {
    const { state } = await kubernetes("dev");
    const teams = { ...platform.teams, logistics: platform.teams.shopping! };
    const { steps } = await kubernetes("dev", { settings: { teams } }, { state });
    expect(steps.filter(({ op }) => op !== "same" && op !== "read").map(({ op, name }) => [op, name])).toEqual([
      ["create", "kubernetes-deploy-logistics"],
    ]);
  });
});

describe("a change of", () => {
  /** What a plan of dev would do to the cluster after the change. */
  async function planned(changes: Changes) {
    const { state } = await kubernetes("dev");
    const trial = await kubernetes("dev", changes, { state, mode: "preview" });
    expect(trial.errors).toEqual([]);
    return trial.steps
      .filter(({ type }) => type === CLUSTER)
      .map(({ op, replaceKeys, guarded }) => ({ op, replaceKeys, guarded }));
  }

  test("the cluster's name replaces it, and needs leave: workloads stand on it", async () => {
    expect(await planned({ settings: { name: "acme2" } })).toContainEqual(
      expect.objectContaining({ op: "replace", replaceKeys: expect.arrayContaining(["name"]), guarded: "foundation" }),
    );
  });

  test("the version is made in place", async () => {
    expect(await planned({ environment: { kubernetes: { version: "1.36", clients: [] } } })).toEqual([
      { op: "update", replaceKeys: [], guarded: undefined },
    ]);
  });

  test("who may reach the API is made in place", async () => {
    expect(await planned({ settings: { runners: "codebuild" } })).toEqual([
      { op: "update", replaceKeys: [], guarded: undefined },
    ]);
  });

  test("tags is made in place, and what follows from the cluster's network stays readable", async () => {
    const { state } = await kubernetes("dev");
    const config = { "aws:region": "eu-west-1", "aws:defaultTags": JSON.stringify({ tags: { owner: "ann" } }) };
    const trial = await kubernetes("dev", {}, { state, mode: "preview", config });
    expect(trial.errors).toEqual([]);
    expect(trial.steps.find(({ type }) => type === CLUSTER)).toMatchObject({ op: "update", replaceKeys: [] });
  });

  test("nothing is nothing", async () => {
    expect(await planned({})).toEqual([{ op: "same", replaceKeys: [], guarded: undefined }]);
  });
});

describe("an environment", () => {
  test("whose cluster is given passes it on, and makes nothing", async () => {
    const given = {
      clusterName: "theirs",
      clusterArn: "arn:aws:eks:eu-west-1:222222222222:cluster/theirs",
      endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
      certificateAuthority: "LS0tLS1CRUdJTg==",
      securityGroupId: "sg-0a1b2c3d4e5f67890",
    };
    const { errors, outputs, resources } = await kubernetes(
      "dev",
      { environment: { kubernetes: provided(given) } },
      { outputs: {} },
    );
    expect(errors).toEqual([]);
    expect(outputs).toEqual(given);
    expect(resources.filter(({ custom }) => custom)).toEqual([]);
  });

  test("that does not run Kubernetes is refused, in a sentence that says what to do", async () => {
    const { errors } = await kubernetes("dev", { environment: { runtimes: ["ecs"] } });
    expect(errors.join()).toMatch(/environment dev does not run Kubernetes: its `runtimes` are ecs\. Add "kubernetes"/);
  });
});
