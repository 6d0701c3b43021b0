import { expect, test } from "vitest";
import { freeBecause } from "./index.ts";
import { RULES } from "./rules/rules.ts";

test("no type both costs and is free", () => {
  expect(Object.keys(RULES).filter((type) => freeBecause(type) !== undefined)).toEqual([]);
});

test.each([
  ["aws:ec2/subnet:Subnet", /AWS bills gateways/],
  ["kubernetes:apps/v1:Deployment", /objects of a cluster/],
])("%s costs nothing, and why is said", (type, reason) => {
  expect(freeBecause(type)).toMatch(reason);
});

test.each([
  "core/v1:PersistentVolumeClaim",
  "gateway.networking.k8s.io/v1:Gateway",
  "snapshot.storage.k8s.io/v1:VolumeSnapshot",
  "helm.sh/v3:Release",
  "s3.services.k8s.aws/v1alpha1:Bucket",
  "karpenter.sh/v1:NodePool",
])("kubernetes:%s may make something outside of the cluster: it is no mere object", (kind) => {
  expect(freeBecause(`kubernetes:${kind}`)).toBeUndefined();
});
