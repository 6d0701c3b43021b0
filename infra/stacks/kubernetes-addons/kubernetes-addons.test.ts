import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import type { Mode, PropertyMap, StackState } from "@fairway/engine";
import { createTrials } from "@fairway/planner/testing";
import type { Platform } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const CLUSTER = "arn:aws:eks:eu-west-1:222222222222:cluster/acme-dev";

const outputs: Record<string, PropertyMap> = {
  account: {
    dataKeyArn: "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d-0000-4000-8000-000000000000",
    costTopicArn: "arn:aws:sns:eu-west-1:222222222222:costs",
  },
  network: {
    vpcId: "vpc-0a1b2c3d4e5f67890",
    cidr: "10.10.0.0/16",
    publicSubnetIds: [],
    privateSubnetIds: [],
    isolatedSubnetIds: [],
  },
  kubernetes: {
    clusterName: "acme-dev",
    clusterArn: CLUSTER,
    endpoint: "https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "Y2VydGlmaWNhdGU=",
    securityGroupId: "sg-0a1b2c3d4e5f67890",
  },
};

interface Trying {
  /** Changes of the environment's settings. */
  change?: Partial<Platform["environments"][string]>;
  config?: Record<string, string>;
  state?: StackState;
  mode?: Mode;
  /** What other stacks say. */
  given?: typeof outputs;
}

/** Brings up the add-ons of dev. */
function addons({ change = {}, config = {}, state, mode, given = outputs }: Trying = {}) {
  const dev = { ...platform.environments.dev!, ...change };
  return trials.run({
    program: {
      module: fileURLToPath(new URL("./index.ts", import.meta.url)),
      args: { ...platform, environments: { ...platform.environments, dev } },
    },
    project: "kubernetes-addons",
    outputs: given,
    config: { "aws:region": "eu-west-1", "kubernetes-addons:services": '["shopping/catalog"]', ...config },
    state,
    mode,
  });
}

/** What was not left as it was. */
const changed = (steps: Awaited<ReturnType<typeof addons>>["steps"]) =>
  steps.filter(({ op }) => op !== "same" && op !== "read").map(({ name, op }) => `${op} ${name}`);

describe("the add-ons of a cluster", () => {
  const plain = addons();

  test("are all modelled, and planned again change nothing", async () => {
    const { ok, errors, resources, state } = await plain;
    expect(errors).toEqual([]);
    expect(ok).toBe(true);
    expect(resources.filter(({ custom, known }) => custom && known === "assumed").map(({ type }) => type)).toEqual([]);
    expect(changed((await addons({ state })).steps)).toEqual([]);
  });

  test("leave nothing when they go", async () => {
    const { state } = await addons();
    const down = await addons({ state, mode: "destroy" });
    expect(down.errors).toEqual([]);
    expect(down.state.resources()).toEqual([]);
  });

  test.each([true, false])("have protected namespaces where the environment is protected: %s", async (protect) => {
    const { ofType } = await addons({ change: { protect } });
    expect(new Set(ofType("kubernetes:core/v1:Namespace").map((namespace) => namespace.protect))).toEqual(new Set([protect]));
  });

  test("say where teams work, what they may name, and where traces go", async () => {
    const { outputs: said } = await plain;
    expect(said).toEqual({
      namespaces: { platform: "team-platform", shopping: "team-shopping" },
      servicePriorityClass: "acme-service",
      storageClass: "acme-gp3",
      otlpEndpoint: "http://cloudwatch-agent.amazon-cloudwatch:4318",
    });
  });

  test("give every team a namespace of restricted pods, closed both ways, and its group a role there", async () => {
    const { ofType } = await plain;
    const teams = Object.keys(platform.teams).sort();
    const labels = ofType("kubernetes:core/v1:Namespace").map(({ inputs }) => (inputs.metadata as { labels: object }).labels);
    expect(labels).toEqual(
      teams.map((team) => expect.objectContaining({ team, "pod-security.kubernetes.io/enforce": "restricted" })),
    );
    const denied = ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy").filter(({ name }) => name.endsWith("default-deny"));
    expect(denied.map(({ inputs }) => [(inputs.metadata as { namespace: string }).namespace, inputs.spec])).toEqual(
      teams.map((team) => [`team-${team}`, { podSelector: {}, policyTypes: ["Egress", "Ingress"] }]),
    );
    const bound = ofType("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding").map(({ inputs }) => inputs);
    expect(bound).toEqual(
      teams.map((team) =>
        expect.objectContaining({
          metadata: { name: "team", namespace: `team-${team}` },
          subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: `team-${team}` }],
        }),
      ),
    );
  });

  test("encrypt volumes and logs with the environment's data key", async () => {
    const { ofType } = await plain;
    expect(ofType("kubernetes:storage.k8s.io/v1:StorageClass").map(({ inputs }) => inputs.parameters)).toEqual([
      { type: "gp3", encrypted: "true", kmsKeyId: outputs.account!.dataKeyArn },
    ]);
    const groups = ofType("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs);
    expect(groups.map(({ name }) => String(name)).sort()).toEqual(
      ["application", "dataplane", "host", "performance"].map((kind) => `/aws/containerinsights/acme-dev/${kind}`),
    );
    expect(new Set(groups.map(({ kmsKeyId }) => kmsKeyId))).toEqual(new Set([outputs.account!.dataKeyArn]));
    expect(new Set(groups.map(({ retentionInDays }) => retentionInDays))).toEqual(
      new Set([platform.environments.dev!.observability.logDays]),
    );
  });

  test("make a role for the agent that carries path and boundary, before the add-on that needs it", async () => {
    const { ofType } = await plain;
    const [role] = ofType("aws:iam/role:Role");
    expect(role?.inputs).toMatchObject({
      path: "/acme/dev/platform/",
      permissionsBoundary: "arn:aws:iam::222222222222:policy/acme/acme-dev-boundary",
    });
    const addon = ofType("aws:eks/addon:Addon").find(({ inputs }) => inputs.addonName === "amazon-cloudwatch-observability");
    const attached = ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ urn }) => urn);
    expect(attached).toHaveLength(2);
    expect(addon?.dependencies).toEqual(expect.arrayContaining(attached));
    expect(addon?.inputs.podIdentityAssociations).toEqual([{ roleArn: role?.outputs.arn, serviceAccount: "cloudwatch-agent" }]);
  });
});

describe("the cluster", () => {
  test("is known by its ARN: another endpoint or certificate makes nothing anew", async () => {
    const { state } = await addons();
    const moved = { ...outputs, kubernetes: { ...outputs.kubernetes, endpoint: "https://other.eks.amazonaws.com" } };
    expect(changed((await addons({ state, given: moved })).steps)).toEqual(["update cluster"]);
  });

  test("that does not answer keeps its objects in the state: most likely only the network is the wrong one", async () => {
    const { state } = await addons();
    const providers = state.resources().filter(({ type }) => type === "pulumi:providers:kubernetes");
    expect(providers.map(({ inputs }) => [inputs.clusterIdentifier, inputs.deleteUnreachable])).toEqual([[CLUSTER, undefined]]);
  });

  test("that is another one gets everything anew", async () => {
    const { state } = await addons();
    const other = { ...outputs, kubernetes: { ...outputs.kubernetes, clusterArn: CLUSTER.replace("acme-dev", "other") } };
    const { steps } = await addons({ state, given: other });
    const objects = steps.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(objects.filter(({ op }) => op === "same" || op === "update").map(({ name }) => name)).toEqual([]);
    expect(objects.length).toBeGreaterThan(20);
  });

  test("may be there already, and have a storage class, enforced policies and metrics of its own", async () => {
    const has = { defaultStorage: "false", enforceNetworkPolicies: "false", metricsServer: "false" };
    const config = Object.fromEntries(Object.entries(has).map(([key, value]) => [`kubernetes-addons:${key}`, value]));
    const { errors, ofType } = await addons({ config });
    expect(errors).toEqual([]);
    expect(ofType("kubernetes:core/v1:ConfigMap")).toEqual([]);
    expect(ofType("aws:eks/addon:Addon").map(({ inputs }) => inputs.addonName)).toEqual(["amazon-cloudwatch-observability"]);
    expect(ofType("kubernetes:storage.k8s.io/v1:StorageClass")[0]?.inputs.metadata).toMatchObject({
      annotations: { "storageclass.kubernetes.io/is-default-class": "false" },
    });
  });
});

test("services are listed as the account's roles know them, which a test there holds against the services that there are", () => {
  const listed = (stack: string) => {
    const text = readFileSync(new URL(`../${stack}/Pulumi.yaml`, import.meta.url), "utf8");
    return text.match(/^ {6}- [\w-]+\/[\w-]+$/gm) ?? [];
  };
  expect(listed("kubernetes-addons")).toEqual(listed("account"));
  expect(listed("account").length).toBeGreaterThan(0);
});

describe("load balancers", () => {
  const sources = async (change: Trying["change"]) => {
    const { ofType } = await addons({ change });
    const door = ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy").find(
      ({ name }) => name === "addons-shopping-from-load-balancer",
    );
    expect(door).toBeDefined();
    const { ingress } = door!.inputs.spec as { ingress: { from: { ipBlock: { cidr: string } }[] }[] };
    return ingress[0]?.from.map(({ ipBlock }) => ipBlock.cidr);
  };

  test("of ours send from the public subnets; with an internal one, from anywhere in the network", async () => {
    expect(await sources({})).toEqual(["10.10.64.0/19", "10.10.192.0/19"]);
    expect(await sources({ edge: { internal: true } })).toEqual(["10.10.0.0/16"]);
  });
});

describe("settings that can't work are refused", () => {
  test.each([
    [{ change: { runtimes: ["ecs"] } }, /environment dev does not run Kubernetes: its `runtimes` are ecs\. Add "kubernetes"/],
    [
      { config: { "kubernetes-addons:observabilityVersion": "v4.1.0-eksbuild.1" } },
      /takes no traces by OTLP.* Set v8\.0\.0 or later/,
    ],
  ] satisfies [Trying, RegExp][])("%o", async (trying, reason) => {
    const { ok, errors } = await addons(trying);
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(reason);
  });
});
