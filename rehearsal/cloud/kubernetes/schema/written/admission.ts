import type { Schema } from "../schema.ts";

const text: Schema = { type: "string" };
const texts: Schema = { type: "array", items: text };
const labelSelector: Schema = { $ref: "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector" };
const metadata: Schema = { $ref: "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta" };

/** A map of these properties and no others. */
export function closed(properties: Record<string, Schema>, required: readonly string[] = []): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}

/** An object of Kubernetes with these properties beside the usual ones. */
export function object(
  apiVersion: string,
  kind: string,
  properties: Record<string, Schema>,
  required: readonly string[],
): Schema {
  const usual = { apiVersion: { type: "string", enum: [apiVersion] }, kind: { type: "string", enum: [kind] }, metadata };
  return closed({ ...usual, ...properties }, required);
}

const failurePolicy: Schema = { type: "string", enum: ["Fail", "Ignore"] };
const rule = closed(
  {
    apiGroups: texts,
    apiVersions: texts,
    operations: { type: "array", items: { type: "string", enum: ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"] } },
    resourceNames: texts,
    resources: texts,
    scope: { type: "string", enum: ["*", "Cluster", "Namespaced"] },
  },
  ["apiGroups", "apiVersions", "operations", "resources"],
);
const rules: Schema = { type: "array", items: rule };
const match = closed({
  excludeResourceRules: rules,
  matchPolicy: { type: "string", enum: ["Equivalent", "Exact"] },
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
  resourceRules: rules,
});
const named = (required: readonly string[]): Schema => closed({ name: text, expression: text }, required);

/**
 * Rules that the API server itself applies to what is created and changed. Built in, but not in the published file here.
 *
 * Written here from documentation: Kubernetes API reference, admissionregistration.k8s.io/v1, ValidatingAdmissionPolicy and
 * ValidatingAdmissionPolicyBinding (as of 2026-11).
 */
export const admissionSchemas: Record<string, Schema> = {
  "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": object(
    "admissionregistration.k8s.io/v1",
    "ValidatingAdmissionPolicy",
    {
      spec: closed(
        {
          auditAnnotations: { type: "array", items: closed({ key: text, valueExpression: text }, ["key", "valueExpression"]) },
          failurePolicy,
          matchConditions: { type: "array", maxItems: 64, items: named(["name", "expression"]) },
          matchConstraints: match,
          paramKind: closed({ apiVersion: text, kind: text }, ["apiVersion", "kind"]),
          validations: {
            type: "array",
            items: closed({ expression: text, message: text, messageExpression: text, reason: text }, ["expression"]),
          },
          variables: { type: "array", items: named(["name", "expression"]) },
        },
        ["matchConstraints"],
      ),
    },
    ["spec"],
  ),
  "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": object(
    "admissionregistration.k8s.io/v1",
    "ValidatingAdmissionPolicyBinding",
    {
      spec: closed(
        {
          matchResources: match,
          paramRef: closed({
            name: text,
            namespace: text,
            parameterNotFoundAction: { type: "string", enum: ["Allow", "Deny"] },
            selector: labelSelector,
          }),
          policyName: text,
          validationActions: { type: "array", items: { type: "string", enum: ["Audit", "Deny", "Warn"] } },
        },
        ["policyName", "validationActions"],
      ),
    },
    ["spec"],
  ),
};
