import { isMap, type PropertyMap, type PropertyValue, unknown } from "@fairway/engine";
import type { Fail, Making, Model } from "../../models/model.ts";
import { policyDocument, sameJson } from "../../rules/policy.ts";
import { arnOf, oneOf, text, unordered } from "../../rules/text.ts";
import { arn, text as textOf, uuid } from "../names.ts";
import { clusterName, CREATED } from "./cluster.ts";

/** Names of Kubernetes objects: RFC 1123 labels and subdomains. */
const namespace = text({
  min: 1,
  max: 63,
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  allowed: "lower case letters, digits, hyphens",
});
const serviceAccount = text({
  min: 1,
  max: 253,
  pattern: /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
  allowed: "lower case letters, digits, hyphens, dots",
});

/** What runs on a cluster with AWS's help: roles of service accounts, and add-ons. */
export const workloadModels: Model[] = [
  {
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    defaults: { disableSessionTags: false },
    rules: {
      clusterName,
      namespace,
      serviceAccount,
      roleArn: arnOf("iam"),
      targetRoleArn: arnOf("iam"),
      policy: policyDocument(Infinity),
    },
    validate: ({ policy, disableSessionTags }, fail) => {
      if (policy !== undefined && disableSessionTags === false) {
        fail("disableSessionTags", "is false, but a session policy needs it: EKS's tags would not fit beside. Set it to true.");
      }
    },
    same: { policy: sameJson },
    id: (making) => associationId(making),
    outputs: (made) => ({
      associationArn: arn(made.place, "eks", `podidentityassociation/${textOf(made.inputs, "clusterName")}/${made.id}`),
      associationId: made.id,
      // Its form is not documented; only a chained role's trust policy asks for it.
      externalId: made.inputs.targetRoleArn === undefined ? "" : uuid(made, "external"),
    }),
    recomputed: { externalId: ["targetRoleArn"] },
  },
  {
    type: "aws:eks/addon:Addon",
    rules: {
      clusterName,
      addonName: text({ min: 1, max: 100, pattern: /^[\w-]+$/, allowed: "an add-on's name, such as metrics-server" }),
      addonVersion: text({
        max: 100,
        pattern: /^v\d+\.\d+\.\d+(-[\w.-]+)?$/,
        allowed: "an add-on's version, such as v0.8.0-eksbuild.5",
      }),
      serviceAccountRoleArn: arnOf("iam"),
      resolveConflictsOnCreate: oneOf("NONE", "OVERWRITE"),
      resolveConflictsOnUpdate: oneOf("NONE", "OVERWRITE", "PRESERVE"),
    },
    validate: checkIdentities,
    same: { podIdentityAssociations: unordered },
    id: ({ inputs }) => `${textOf(inputs, "clusterName")}:${textOf(inputs, "addonName")}`,
    outputs: (made) => ({
      arn: arn(
        made.place,
        "eks",
        `addon/${textOf(made.inputs, "clusterName")}/${textOf(made.inputs, "addonName")}/${uuid(made, "addon")}`,
      ),
      createdAt: CREATED,
      modifiedAt: CREATED,
    }),
  },
];

/** `a-` and 17 lower case letters and digits, such as a-1v95i5dqqiylbo3ud. */
function associationId(making: Making): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  return `a-${Array.from({ length: 17 }, (_, index) => alphabet[making.number(`association.${index}`, 36)]).join("")}`;
}

function checkIdentities({ podIdentityAssociations: associations, namespaceConfig }: PropertyMap, fail: Fail): void {
  const check = (path: string, value: PropertyValue | undefined, rule: typeof namespace) => {
    if (value === unknown) return;
    const reason = value === undefined ? "is required. Set it." : rule(value, {});
    if (reason) fail(path, reason);
  };
  if (isMap(namespaceConfig) && namespaceConfig.namespace !== undefined) {
    check("namespaceConfig.namespace", namespaceConfig.namespace, namespace);
  }
  for (const [index, association] of (Array.isArray(associations) ? associations : []).entries()) {
    if (!isMap(association)) continue;
    check(`podIdentityAssociations[${index}].roleArn`, association.roleArn, arnOf("iam"));
    check(`podIdentityAssociations[${index}].serviceAccount`, association.serviceAccount, serviceAccount);
  }
}
