import { containsUnknown, isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import type { Made, Making, Model } from "../../models/model.ts";
import { arnOf, list, oneOf, text, unordered } from "../../rules/text.ts";
import { arn, ec2Id, text as textOf } from "../names.ts";
import { checkAutoMode } from "./auto-mode.ts";
import { checkEncryption, checkNetworkOfServices, checkSubnetsAndEndpoint, onlyOneOf } from "./cluster-rules.ts";

/** Names of clusters (EKS API reference, CreateCluster). */
export const clusterName = text({
  min: 1,
  max: 100,
  pattern: /^[0-9A-Za-z][\w-]*$/,
  allowed: "letters, digits, hyphens and underscores, a letter or digit first",
});

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/** The time of making is none, so that a rehearsal is the same every time. */
export const CREATED = "2026-01-01T00:00:00Z";

/** EKS clusters (EKS API reference, CreateCluster; EKS user guide, "EKS Auto Mode"). */
export const clusterModel: Model = {
  type: "aws:eks/cluster:Cluster",
  guarded: "foundation",
  autoName: { property: "name", max: 100 },
  defaults: { bootstrapSelfManagedAddons: true },
  rules: {
    name: clusterName,
    roleArn: arnOf("iam"),
    version: text({ max: 16, pattern: /^1\.\d{1,3}$/, allowed: 'a minor version such as "1.35"' }),
    enabledClusterLogTypes: list({ max: LOG_TYPES.length }, oneOf(...LOG_TYPES)),
  },
  validate: (inputs, fail) => {
    checkAutoMode(inputs, fail);
    checkSubnetsAndEndpoint(inputs, fail);
    checkEncryption(inputs, fail);
    checkNetworkOfServices(inputs, fail);
    onlyOneOf(inputs, ["accessConfig", "authenticationMode"], ["CONFIG_MAP", "API", "API_AND_CONFIG_MAP"], fail);
    onlyOneOf(inputs, ["upgradePolicy", "supportType"], ["STANDARD", "EXTENDED"], fail);
    const tiers = ["standard", "tier-xl", "tier-2xl", "tier-4xl", "tier-8xl"];
    onlyOneOf(inputs, ["controlPlaneScalingConfig", "tier"], tiers, fail);
  },
  same: { enabledClusterLogTypes: unordered, computeConfig: sameSets, vpcConfig: sameSets, encryptionConfig: sameSets },
  id: (making) => textOf(making.inputs, "name"),
  outputs: (made) => ({
    arn: arn(made.place, "eks", `cluster/${textOf(made.inputs, "name")}`),
    certificateAuthority: { data: certificate(made) },
    clusterId: "", // only clusters on Outposts have one
    createdAt: CREATED,
    deletionProtection: made.inputs.deletionProtection ?? false,
    // Three letters that AWS chooses; gr7 is the one of its examples.
    endpoint: `https://${identity(made)}.gr7.${made.place.region}.eks.${made.place.dnsSuffix}`,
    identities: [{ oidcs: [{ issuer: `https://oidc.eks.${made.place.region}.${made.place.dnsSuffix}/id/${identity(made)}` }] }],
    platformVersion: "eks.1",
    status: "ACTIVE",
    vpcConfig: vpcConfig(made),
  }),
};

/** 32 hexadecimal digits that stand in a cluster's endpoint and issuer. */
function identity(making: Making): string {
  return making.hex("cluster", 32).toUpperCase();
}

/** The subnets' VPC stays unset: it is another resource's state. */
function vpcConfig(made: Made): PropertyMap {
  const given = isMap(made.inputs.vpcConfig) ? made.inputs.vpcConfig : {};
  const before = isMap(made.old?.vpcConfig) ? made.old.vpcConfig.clusterSecurityGroupId : undefined;
  const defaults = { endpointPrivateAccess: false, endpointPublicAccess: true };
  const anywhere: PropertyMap = given.endpointPublicAccess === false ? {} : { publicAccessCidrs: ["0.0.0.0/0"] };
  return { ...defaults, ...anywhere, ...given, clusterSecurityGroupId: before ?? ec2Id(made, "sg") };
}

/** Base64 of a certificate in PEM's form; it certifies nothing. */
function certificate(making: Making): string {
  const lines = [1, 2, 3].map((line) => Buffer.from(making.hex(`certificate.${line}`, 64), "hex").toString("base64"));
  return Buffer.from(["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n")).toString("base64");
}

/** The lists in a cluster's blocks are sets: subnets, ranges, node pools. */
function sameSets(before: PropertyValue, after: PropertyValue): boolean {
  if (containsUnknown(before) || containsUnknown(after)) return false;
  return canonical(before) === canonical(after);
}

function canonical(value: PropertyValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${key}:${canonical(item)}`).join()}}`;
}
