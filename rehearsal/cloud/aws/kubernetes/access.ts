import { isMap, type PropertyMap, unknown } from "@fairway/engine";
import type { Fail, Made, Model } from "../../models/model.ts";
import { arnOf, list, oneOf, show, text, unordered } from "../../rules/text.ts";
import { arn, lastPart, text as textOf, uuid } from "../names.ts";
import { clusterName, CREATED } from "./cluster.ts";

/** Kinds of access entries (EKS API reference, CreateAccessEntry). */
const TYPES = ["STANDARD", "EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "HYPERPOD_LINUX"] as const;

/** Beginnings of user names that EKS keeps (EKS user guide, "Create access entries"). */
const KEPT = ["system:", "eks:", "aws:", "amazon:", "iam:"];

/** Who may use a cluster, and with which of EKS's own policies. */
export const accessModels: Model[] = [
  {
    type: "aws:eks/accessEntry:AccessEntry",
    defaults: { type: "STANDARD" },
    rules: {
      clusterName,
      principalArn: arnOf("iam"),
      type: oneOf(...TYPES),
      kubernetesGroups: list({ max: 50 }, (group) =>
        String(group).startsWith("system:")
          ? `${show(group)} begins with system:, which EKS keeps. Use another name.`
          : undefined,
      ),
      userName: (name) =>
        KEPT.some((start) => String(name).startsWith(start))
          ? `${show(name)} begins with one of ${KEPT.join(", ")}, which EKS keeps. Use another name.`
          : undefined,
    },
    validate: checkNodesEntry,
    same: { kubernetesGroups: unordered },
    id: (making) => `${textOf(making.inputs, "clusterName")}:${textOf(making.inputs, "principalArn")}`,
    outputs: (made) => ({
      accessEntryArn: arn(
        made.place,
        "eks",
        `access-entry/${textOf(made.inputs, "clusterName")}/${principalPath(made)}/${uuid(made, "entry")}`,
      ),
      createdAt: CREATED,
      modifiedAt: CREATED,
      kubernetesGroups: made.inputs.kubernetesGroups ?? [],
      userName: made.inputs.userName ?? userName(made.inputs),
    }),
  },
  {
    type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    rules: {
      clusterName,
      principalArn: arnOf("iam"),
      policyArn: text({
        max: 2048,
        pattern: /^arn:aws[\w-]*:eks::aws:cluster-access-policy\/\w+$/,
        allowed: "one of EKS's access policies, arn:aws:eks::aws:cluster-access-policy/NAME",
      }),
    },
    validate: checkScope,
    id: ({ inputs }) => ["clusterName", "principalArn", "policyArn"].map((part) => textOf(inputs, part)).join("#"),
    outputs: () => ({ associatedAt: CREATED, modifiedAt: CREATED }),
  },
];

/** Entries of nodes get their groups from EKS. */
function checkNodesEntry(inputs: PropertyMap, fail: Fail): void {
  if (inputs.type === "STANDARD" || inputs.type === unknown) return;
  for (const property of ["kubernetesGroups", "userName"]) {
    if (inputs[property] !== undefined) fail(property, `is not for entries of type ${textOf(inputs, "type")}. Remove it.`);
  }
}

/** EKS API reference, AccessScope. */
function checkScope({ accessScope: scope }: PropertyMap, fail: Fail): void {
  if (!isMap(scope) || scope.type === unknown || scope.namespaces === unknown) return;
  const namespaces = Array.isArray(scope.namespaces) ? scope.namespaces : [];
  if (scope.type === "cluster") {
    if (namespaces.length > 0) fail("accessScope.namespaces", "is for scope namespace only. Remove it, or use that type.");
  } else if (scope.type === "namespace") {
    if (namespaces.length === 0) fail("accessScope.namespaces", "is empty. Name the namespaces, or use type cluster.");
  } else {
    fail("accessScope.type", `${show(scope.type ?? null)} is not allowed. Use cluster or namespace.`);
  }
}

/** `role/111122223333/deploy`: how an entry's ARN names its principal. */
function principalPath({ inputs }: Made): string {
  const principal = textOf(inputs, "principalArn");
  const [, , , , account = "", resource = ""] = principal.split(":");
  return `${resource.split("/")[0]}/${account}/${lastPart(principal)}`;
}

/** What EKS calls a role's sessions when nothing else is said. */
function userName(inputs: PropertyMap): string {
  const principal = textOf(inputs, "principalArn");
  const [, partition = "aws", , , account = "", resource = ""] = principal.split(":");
  if (!resource.startsWith("role/")) return principal;
  return `arn:${partition}:sts::${account}:assumed-role/${lastPart(principal)}/{{SessionName}}`;
}
