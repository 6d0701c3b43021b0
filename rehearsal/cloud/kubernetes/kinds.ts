import type { PropertyMap } from "@fairway/engine";
import {
  checkBinding,
  checkLimitRange,
  checkNamespace,
  checkPriorityClass,
  checkRole,
  checkSecret,
  checkStorageClass,
} from "./rules/tenancy.ts";
import type { Fail, NameForm } from "./rules/names.ts";
import { checkNetworkPolicy, checkService } from "./rules/network.ts";
import { checkPod } from "./rules/pods.ts";
import { checkAutoscaler, checkDisruptionBudget } from "./rules/scaling.ts";
import { checkController, checkCronJob, checkJob } from "./rules/workloads.ts";
import { publishedSchemas, type Schema } from "./schema/schema.ts";
import { admissionSchemas } from "./schema/written/admission.ts";
import { eksSchemas } from "./schema/written/eks.ts";
import { karpenterSchemas } from "./schema/written/karpenter.ts";

/** What we know of a kind of Kubernetes objects. */
export interface Kind {
  /** API version and kind, for example `apps/v1:Deployment`. */
  name: string;
  namespaced: boolean;
  /** Whose words its schema is: the published document's, or ours from documentation. */
  schema: "published" | "written";
  /** @default "subdomain" */
  named?: NameForm;
  /** Where its names must be shorter than their form allows. */
  longestName?: number;
  /** Deletion or replacement needs leave. */
  guarded?: "data" | "foundation";
  /** Rules that a schema can't say. */
  rules?: (object: PropertyMap, fail: Fail) => void;
}

const published = (name: string, more: Partial<Kind> = {}): Kind => ({ name, namespaced: true, schema: "published", ...more });
const written = (name: string, more: Partial<Kind> = {}): Kind => ({ name, namespaced: true, schema: "written", ...more });
const global = { namespaced: false } as const;
const role = { named: "path", rules: checkRole } as const;
const binding = { named: "path", rules: checkBinding } as const;

const KINDS: readonly Kind[] = [
  published("apps/v1:DaemonSet", { rules: checkController }),
  published("apps/v1:Deployment", { rules: checkController }),
  published("apps/v1:StatefulSet", { rules: checkController }),
  published("autoscaling/v2:HorizontalPodAutoscaler", { rules: checkAutoscaler }),
  // A CronJob's Jobs are called after it, with 11 characters more, and a Job's name may have 63.
  published("batch/v1:CronJob", { rules: checkCronJob, longestName: 52 }),
  published("batch/v1:Job", { rules: checkJob, longestName: 63 }),
  published("networking.k8s.io/v1:Ingress"),
  published("networking.k8s.io/v1:IngressClass", global),
  published("networking.k8s.io/v1:NetworkPolicy", { rules: checkNetworkPolicy }),
  published("policy/v1:PodDisruptionBudget", { rules: checkDisruptionBudget }),
  published("rbac.authorization.k8s.io/v1:ClusterRole", { ...role, ...global }),
  published("rbac.authorization.k8s.io/v1:ClusterRoleBinding", { ...binding, ...global }),
  published("rbac.authorization.k8s.io/v1:Role", role),
  published("rbac.authorization.k8s.io/v1:RoleBinding", binding),
  published("scheduling.k8s.io/v1:PriorityClass", { ...global, rules: checkPriorityClass }),
  published("storage.k8s.io/v1:StorageClass", { ...global, rules: checkStorageClass }),
  published("v1:ConfigMap"),
  published("v1:LimitRange", { rules: checkLimitRange }),
  // With it goes everything inside.
  published("v1:Namespace", { ...global, named: "label", guarded: "foundation", rules: checkNamespace }),
  published("v1:PersistentVolumeClaim", { guarded: "data" }),
  published("v1:Pod", { rules: ({ spec }, fail) => checkPod(spec, "spec", fail) }),
  published("v1:ResourceQuota"),
  published("v1:Secret", { rules: checkSecret }),
  published("v1:Service", { named: "service", rules: checkService }),
  published("v1:ServiceAccount"),
  written("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", global),
  written("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", global),
  written("eks.amazonaws.com/v1:IngressClassParams", global),
  written("eks.amazonaws.com/v1:NodeClass", global),
  written("eks.amazonaws.com/v1:TargetGroupBinding"),
  written("karpenter.sh/v1:NodePool", global),
];

/** Type token of a kind in the SDK: its core group is called `core`, not nothing. */
export function tokenOf({ name }: Pick<Kind, "name">): string {
  return `kubernetes:${name.startsWith("v1:") ? `core/${name}` : name}`;
}

/** The kinds that are modelled, by type token. */
export const kinds: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [tokenOf(kind), kind]));

/** The schema of a kind. */
export function schemaOf({ name, schema }: Kind): Schema {
  const found = schema === "published" ? publishedSchemas().kinds[name] : WRITTEN[name];
  if (!found) throw new Error(`there is no ${schema} schema of ${name}.`);
  return found;
}

const WRITTEN: Readonly<Record<string, Schema>> = { ...admissionSchemas, ...eksSchemas, ...karpenterSchemas };
