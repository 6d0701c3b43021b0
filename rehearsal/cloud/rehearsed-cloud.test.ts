import { describe, expect, test } from "vitest";
import { modelledTypes, rehearsedCloud } from "./index.ts";

describe("the rehearsed cloud", () => {
  const cloud = rehearsedCloud();

  test("has a provider for every package, whether or not it has models", () => {
    for (const name of ["aws", "awsx", "kubernetes", "random"]) expect(cloud(name).package).toBe(name);
  });

  test("lists its modelled types in order", () => {
    expect(modelledTypes()).toContain("aws:ecs/service:Service");
    expect(modelledTypes()).toEqual([...modelledTypes()].sort());
  });

  test("plans a package that nobody modelled, and says that it assumes", async () => {
    const random = await cloud("random").configure({});
    expect(random.describe("random:index/randomId:RandomId")).toEqual({ model: "generic" });
    const request = { urn: "u", type: "t", id: "i", oldInputs: { byteLength: 8 }, oldOutputs: {}, newInputs: { byteLength: 9 } };
    const { detailedDiff } = await random.diff(request);
    expect(detailedDiff.byteLength).toMatchObject({ kind: "update", replace: false, known: "assumed" });
    const { failures } = await random.invoke({ token: "random:index:x", args: {} });
    expect(failures[0]?.reason).toMatch(/is not rehearsed/);
  });

  test("refuses components of awsx that it does not emulate", async () => {
    const host = { urn: "u", register: () => Promise.reject(new Error("not reached")) };
    const request = { type: "awsx:ecs:FargateService", name: "web", inputs: {}, preview: true, version: "3.9.0" };
    await expect(cloud("awsx").construct!(request, host)).rejects.toThrow(/awsx:ecs:FargateService "web" is not rehearsed/);
  });

  test("takes a kubernetes provider's configuration, and replaces only for another cluster", async () => {
    const kubernetes = cloud("kubernetes");
    const { failures } = await kubernetes.checkConfig!({ urn: "u", oldInputs: {}, newInputs: { kubeconfig: { clusters: [] } } });
    expect(failures).toEqual([{ property: "kubeconfig", reason: expect.stringContaining("is not text") }]);
    const change = (newInputs: Record<string, string>) =>
      kubernetes.diffConfig!({ urn: "u", oldInputs: { kubeconfig: "a", clusterIdentifier: "a" }, newInputs });
    expect(await change({ kubeconfig: "b", clusterIdentifier: "a" })).toMatchObject({
      changedKeys: ["kubeconfig"],
      replaceKeys: [],
    });
    expect(await change({ kubeconfig: "a", clusterIdentifier: "b" })).toMatchObject({ replaceKeys: ["clusterIdentifier"] });
  });
});
