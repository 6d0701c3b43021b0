import type { PlannedResource } from "@fairway/resources";
import { map, maps, texts, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

const ROLES = ["ClusterRole", "Role"].map((kind) => `kubernetes:rbac.authorization.k8s.io/v1:${kind}`);
const BINDINGS = ["ClusterRoleBinding", "RoleBinding"].map((kind) => `kubernetes:rbac.authorization.k8s.io/v1:${kind}`);

export const clusterAdmin: Policy = {
  name: "cluster-admin",
  title: "Nobody in a cluster may do everything with everything",
  why: "Whoever takes over a pod takes what its service account may do. With `*` on `*` that is every Secret and every node.",
  fix: "Name the API groups, resources and verbs that are used; people come in by access entries of the cluster.",
  severity: "mandatory",
  check: (plan) => [
    ...plan.each(ROLES, (role) =>
      unknown(role, "rules")
        ? undefined
        : maps(role.inputs.rules).flatMap(({ apiGroups, resources, verbs }, index) =>
            [apiGroups, resources, verbs].every((each) => texts(each).includes("*"))
              ? [`rules[${index}] has every verb on every resource of every API group`]
              : [],
          ),
    ),
    ...plan.each(BINDINGS, (binding: PlannedResource) =>
      map(binding.inputs.roleRef)?.name === "cluster-admin" ? "roleRef is cluster-admin, which may do everything" : undefined,
    ),
  ],
};
