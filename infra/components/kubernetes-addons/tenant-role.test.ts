import { describe, expect, test } from "vitest";
import { permits, previewRules, tenantRules } from "./tenant-role.ts";

const CHANGE = ["create", "update", "patch", "delete", "deletecollection"];

describe("a team in its own namespace", () => {
  test.each([
    ["deployments", "apps"],
    ["jobs", "batch"],
    ["services", ""],
    ["secrets", ""],
    ["poddisruptionbudgets", "policy"],
    ["targetgroupbindings", "eks.amazonaws.com"],
  ])("may make, change and remove %s", (resource, group) => {
    for (const verb of ["create", "patch", "update", "delete", "get", "list", "watch"]) {
      expect(permits(tenantRules, verb, resource, group), verb).toBe(true);
    }
  });

  test.each([
    ["networkpolicies", "networking.k8s.io"],
    ["resourcequotas", ""],
    ["limitranges", ""],
  ])("may look at %s but change nothing of it", (resource, group) => {
    expect(permits(tenantRules, "get", resource, group)).toBe(true);
    for (const verb of CHANGE) expect(permits(tenantRules, verb, resource, group), verb).toBe(false);
  });

  test.each([
    ["namespaces", ""],
    ["roles", "rbac.authorization.k8s.io"],
    ["rolebindings", "rbac.authorization.k8s.io"],
    ["pods/exec", ""],
    ["pods/portforward", ""],
    ["pods/ephemeralcontainers", ""],
    ["serviceaccounts/token", ""],
    ["ingresses", "networking.k8s.io"],
    ["daemonsets", "apps"],
    ["validatingadmissionpolicies", "admissionregistration.k8s.io"],
    ["ingressclassparams", "eks.amazonaws.com"],
  ])("may do nothing at all with %s", (resource, group) => {
    for (const verb of ["get", ...CHANGE]) expect(permits(tenantRules, verb, resource, group), verb).toBe(false);
  });

  test("may restart a pod by deleting it, but makes none by hand", () => {
    expect(permits(tenantRules, "delete", "pods")).toBe(true);
    for (const verb of ["create", "update", "patch"]) expect(permits(tenantRules, verb, "pods"), verb).toBe(false);
  });

  test("has no right that its rules do not name: no wildcard, no becoming another, no binding of what it lacks", () => {
    const words = tenantRules.flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]);
    for (const word of ["*", "escalate", "bind", "impersonate"]) expect(words).not.toContain(word);
  });
});

test("CI's read-only role changes nothing, and sees no secret", () => {
  expect(permits(previewRules, "get", "storageclasses", "storage.k8s.io")).toBe(true);
  expect(permits(previewRules, "get", "secrets")).toBe(false);
  expect(new Set(previewRules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["get", "list", "watch"]));
});

test("a rule permits what it names in verb, resource and group together, and a wildcard anything", () => {
  const rules = [
    { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] },
    { apiGroups: [""], resources: ["*"], verbs: ["list"] },
  ];
  expect(permits(rules, "get", "deployments", "apps")).toBe(true);
  expect(permits(rules, "get", "deployments")).toBe(false);
  expect(permits(rules, "list", "deployments", "apps")).toBe(false);
  expect(permits(rules, "list", "secrets")).toBe(true);
});
