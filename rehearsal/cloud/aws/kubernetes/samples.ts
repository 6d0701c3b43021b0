import type { PropertyMap } from "@fairway/engine";
import { arnPattern, type Sample, sampleArn, samplePolicy, UUID } from "../sample.ts";

const ROLE = "arn:aws:iam::111122223333:role/acme/platform/cluster";
const NODES = "arn:aws:iam::111122223333:role/acme/platform/nodes";
const DEPLOY = "arn:aws:iam::111122223333:role/acme/ci/acme-dev-deploy-shopping";
const VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
const KEY = sampleArn("kms", "key/11111111-2222-4333-8444-555555555555");
const ENDPOINT = /^https:\/\/[0-9A-F]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/;

const vpcConfig = { subnetIds: ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"] };
const compute = { enabled: true, nodePools: ["general-purpose", "system"], nodeRoleArn: NODES };
const inVpc = (change: PropertyMap) => ({ vpcConfig: { ...vpcConfig, ...change } });
const computing = (change: PropertyMap) => ({ computeConfig: { ...compute, ...change } });
const services = (serviceIpv4Cidr: string) => ({
  kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true }, serviceIpv4Cidr },
});
const scope = (type: string, namespaces: string[] = []) => ({ accessScope: { type, namespaces } });

export const kubernetesSamples: Sample[] = [
  {
    type: "aws:eks/cluster:Cluster",
    good: {
      roleArn: ROLE,
      version: "1.35",
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      computeConfig: compute,
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
      storageConfig: { blockStorage: { enabled: true } },
      vpcConfig,
      encryptionConfig: { provider: { keyArn: KEY }, resources: ["secrets"] },
      enabledClusterLogTypes: ["api", "audit"],
      upgradePolicy: { supportType: "STANDARD" },
    },
    id: /^sample-[0-9a-f]{7}$/,
    outputs: { arn: arnPattern("eks", "cluster/sample-[0-9a-f]{7}"), endpoint: ENDPOINT, platformVersion: /^eks\.\d+$/ },
    bad: [
      [{ name: "my cluster" }, "name", /a letter or digit first/],
      [{ name: "-main" }, "name", /a letter or digit first/],
      [{ name: "x".repeat(101) }, "name", /at most 100/],
      [{ version: "1.35.2" }, "version", /minor version/],
      [{ version: "1.28" }, "version", /has no Auto Mode/],
      [{ enabledClusterLogTypes: ["kubelet"] }, "enabledClusterLogTypes", /Use one of api, audit/],
      [{ computeConfig: null }, "computeConfig.enabled", /Auto Mode needs .* together/],
      [
        { storageConfig: { blockStorage: { enabled: false } } },
        "storageConfig.blockStorage.enabled",
        /Auto Mode needs .* together/,
      ],
      [{ kubernetesNetworkConfig: null }, "kubernetesNetworkConfig.elasticLoadBalancing.enabled", /Auto Mode needs .* together/],
      [{ bootstrapSelfManagedAddons: null }, "bootstrapSelfManagedAddons", /true, which it is by default/],
      [{ accessConfig: { authenticationMode: "CONFIG_MAP" } }, "accessConfig.authenticationMode", /needs access entries/],
      [{ accessConfig: { authenticationMode: "IAM" } }, "accessConfig.authenticationMode", /Use one of CONFIG_MAP, API/],
      [computing({ nodePools: [] }), "computeConfig.nodePools", /takes no nodeRoleArn/],
      [computing({ nodePools: ["gpu"] }), "computeConfig.nodePools[0]", /general-purpose or system/],
      [{ computeConfig: { enabled: true, nodePools: ["system"] } }, "computeConfig.nodeRoleArn", /is required/],
      [inVpc({ subnetIds: ["subnet-0a1b2c3d4e5f67890"] }), "vpcConfig.subnetIds", /two zones at least/],
      [inVpc({ endpointPublicAccess: false }), "vpcConfig.endpointPrivateAccess", /nothing could reach the API/],
      [inVpc({ publicAccessCidrs: ["203.0.113.7/24"] }), "vpcConfig.publicAccessCidrs[0]", /host bits/],
      [inVpc({ publicAccessCidrs: Array(41).fill("203.0.113.0/24") }), "vpcConfig.publicAccessCidrs", /at most 40/],
      [inVpc({ securityGroupIds: ["1", "2", "3", "4", "5", "6"] }), "vpcConfig.securityGroupIds", /at most 5/],
      [services("172.20.0.0/8"), "kubernetesNetworkConfig.serviceIpv4Cidr", /\/12 to \/24/],
      [services("203.0.112.0/20"), "kubernetesNetworkConfig.serviceIpv4Cidr", /is not private/],
      [
        { encryptionConfig: { provider: { keyArn: KEY }, resources: ["pods"] } },
        "encryptionConfig.resources",
        /Use \["secrets"\]/,
      ],
      [
        { encryptionConfig: { provider: { keyArn: "alias/data" }, resources: ["secrets"] } },
        "encryptionConfig.provider.keyArn",
        /not an ARN of kms/,
      ],
      [{ upgradePolicy: { supportType: "LONG" } }, "upgradePolicy.supportType", /Use one of STANDARD, EXTENDED/],
      [{ controlPlaneScalingConfig: { tier: "xl" } }, "controlPlaneScalingConfig.tier", /Use one of standard, tier-xl/],
    ],
  },
  {
    type: "aws:eks/accessEntry:AccessEntry",
    good: { clusterName: "acme-dev", principalArn: DEPLOY, kubernetesGroups: ["team-shopping"] },
    id: new RegExp(`^acme-dev:${DEPLOY}$`),
    outputs: {
      accessEntryArn: arnPattern("eks", `access-entry/acme-dev/role/111122223333/acme-dev-deploy-shopping/${UUID}`),
      userName: /^arn:aws:sts::111122223333:assumed-role\/acme-dev-deploy-shopping\/\{\{SessionName\}\}$/,
    },
    bad: [
      [{ principalArn: "deploy" }, "principalArn", /not an ARN of iam/],
      [{ type: "NODE" }, "type", /Use one of STANDARD, EC2/],
      [{ type: "EC2" }, "kubernetesGroups", /is not for entries of type EC2/],
      [{ kubernetesGroups: ["system:masters"] }, "kubernetesGroups", /begins with system:/],
      [{ userName: "eks:admin" }, "userName", /which EKS keeps/],
    ],
  },
  {
    type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    good: { clusterName: "acme-dev", principalArn: DEPLOY, policyArn: VIEW, accessScope: { type: "cluster" } },
    id: new RegExp(`^acme-dev#${DEPLOY}#${VIEW}$`),
    bad: [
      [{ policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }, "policyArn", /EKS's access policies/],
      [scope("cluster", ["shopping"]), "accessScope.namespaces", /for scope namespace only/],
      [scope("namespace"), "accessScope.namespaces", /Name the namespaces/],
      [scope("pod"), "accessScope.type", /Use cluster or namespace/],
    ],
  },
  {
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    good: { clusterName: "acme-dev", namespace: "shopping", serviceAccount: "catalog", roleArn: ROLE },
    id: /^a-[a-z0-9]{17}$/,
    outputs: { associationArn: arnPattern("eks", "podidentityassociation/acme-dev/a-[a-z0-9]{17}") },
    bad: [
      [{ namespace: "Shopping" }, "namespace", /lower case/],
      [{ serviceAccount: "" }, "serviceAccount", /at least 1/],
      [{ roleArn: "catalog" }, "roleArn", /not an ARN of iam/],
      [{ policy: samplePolicy() }, "disableSessionTags", /a session policy needs it/],
    ],
  },
  {
    type: "aws:eks/addon:Addon",
    good: { clusterName: "acme-dev", addonName: "metrics-server", addonVersion: "v0.8.0-eksbuild.5" },
    id: /^acme-dev:metrics-server$/,
    outputs: { arn: arnPattern("eks", `addon/acme-dev/metrics-server/${UUID}`) },
    bad: [
      [{ addonVersion: "latest" }, "addonVersion", /such as v0\.8\.0/],
      [{ resolveConflictsOnCreate: "PRESERVE" }, "resolveConflictsOnCreate", /Use one of NONE, OVERWRITE/],
      [{ podIdentityAssociations: [{ serviceAccount: "agent" }] }, "podIdentityAssociations[0].roleArn", /is required/],
      [{ namespaceConfig: { namespace: "kube system" } }, "namespaceConfig.namespace", /lower case/],
    ],
  },
];
