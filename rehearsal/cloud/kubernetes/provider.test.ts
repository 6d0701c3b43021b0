import { type PropertyMap, unknown } from "@fairway/engine";
import { describe, expect, test } from "vitest";
import { modelledTypes } from "../index.ts";
import { kubernetesProvider } from "./provider.ts";

const provider = kubernetesProvider();
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

function check(
  newInputs: PropertyMap,
  {
    type = CONFIG_MAP,
    seed = "00aa",
    oldInputs,
    from = provider,
  }: {
    type?: string;
    seed?: string;
    oldInputs?: PropertyMap;
    from?: typeof provider;
  } = {},
) {
  return from.check({ urn: "u", type, name: "settings", oldInputs, newInputs, seed });
}

const configMap = (data: PropertyMap, metadata: PropertyMap = {}): PropertyMap => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata,
  data,
});

describe("an object without a name", () => {
  test("is called after its resource, with eight digits, and keeps that name while it is the same object", async () => {
    const { inputs, failures } = await check(configMap({ a: "1" }));
    expect(failures).toEqual([]);
    const { name, annotations } = inputs.metadata as PropertyMap;
    expect(name).toMatch(/^settings-[0-9a-f]{8}$/);
    expect(annotations).toEqual({ "pulumi.com/autonamed": "true" });
    const updated = await check(configMap({ a: "1" }, { labels: { b: "c" } }), { oldInputs: inputs, seed: "00bb" });
    expect((updated.inputs.metadata as PropertyMap).name).toBe(name);
  });

  test("is replaced by one of another name, which may be there before the old one goes", async () => {
    const { inputs: oldInputs } = await check(configMap({ a: "1" }));
    const { inputs: newInputs } = await check(configMap({ a: "2" }), { oldInputs });
    const diff = await provider.diff({
      urn: "u",
      type: CONFIG_MAP,
      id: "default/settings",
      oldInputs,
      oldOutputs: {},
      newInputs,
    });
    expect(diff).toMatchObject({ replaceKeys: ["data"], deleteBeforeReplace: false });
    const replacement = await check(configMap({ a: "2" }), { seed: "00bb" });
    expect(replacement.inputs.metadata).not.toMatchObject({ name: (oldInputs.metadata as PropertyMap).name });
  });

  test("that is given one is another object", async () => {
    const { inputs: oldInputs } = await check(configMap({}));
    const { inputs: newInputs } = await check(configMap({}, { name: "settings" }), { oldInputs });
    const diff = await provider.diff({ urn: "u", type: CONFIG_MAP, id: "i", oldInputs, oldOutputs: {}, newInputs });
    expect(diff).toMatchObject({ replaceKeys: ["metadata"], deleteBeforeReplace: false });
  });

  test("may be named by the cluster", async () => {
    const { inputs, failures } = await check(configMap({}, { generateName: "run-" }));
    expect(failures).toEqual([]);
    const { id } = await provider.create({ urn: "u", type: CONFIG_MAP, name: "n", inputs, token: "t", seed: "00aa" });
    expect(id).toMatch(/^default\/run-[0-9a-f]{5}$/);
  });
});

describe("a provider's configuration", () => {
  test("says where objects go that name no namespace", async () => {
    const from = await provider.configure({ namespace: "team-shopping" });
    expect((await check(configMap({}), { from })).inputs.metadata).toMatchObject({ namespace: "team-shopping" });
    expect((await check(configMap({}, { namespace: "other" }), { from })).inputs.metadata).toMatchObject({ namespace: "other" });
  });

  test("can make data change in place", async () => {
    const change = { oldInputs: configMap({ a: "1" }, { name: "n" }), newInputs: configMap({ a: "2" }, { name: "n" }) };
    const request = { urn: "u", type: CONFIG_MAP, id: "i", oldOutputs: {}, ...change };
    expect((await provider.diff(request)).replaceKeys).toEqual(["data"]);
    // The SDK passes what is not text as JSON in text.
    const mutable = await provider.configure({ enableConfigMapMutable: "true" });
    expect((await mutable.diff(request)).replaceKeys).toEqual([]);
  });

  test("is refused when the real provider has no such setting or can't read it", async () => {
    const refused = async (inputs: PropertyMap) => {
      const { failures } = await provider.checkConfig!({ urn: "u", oldInputs: {}, newInputs: inputs });
      return failures.map(({ property, reason }) => `${property} ${reason}`);
    };
    expect(
      await refused({ kubeconfig: unknown, clusterIdentifier: "arn", deleteUnreachable: "true", version: "4.34.2" }),
    ).toEqual([]);
    expect(await refused({ clusterIdentifer: "arn" })).toEqual([
      "clusterIdentifer the provider has no such setting. Did you mean clusterIdentifier?",
    ]);
    expect(await refused({ deleteUnreachable: "yes" })).toEqual(["deleteUnreachable is neither true nor false."]);
    expect(await refused({ kubeconfig: '{"clusters":[]}' })).toEqual([
      "kubeconfig lacks contexts, current-context, users. Write all that kubectl needs.",
    ]);
  });

  test("that names no cluster makes everything anew while its kubeconfig is not known", async () => {
    const replaced = async (oldInputs: PropertyMap, newInputs: PropertyMap) =>
      (await provider.diffConfig!({ urn: "u", oldInputs, newInputs })).replaceKeys;
    expect(await replaced({ kubeconfig: "a" }, { kubeconfig: unknown })).toEqual(["kubeconfig"]);
    const named = { clusterIdentifier: "arn" };
    expect(await replaced({ kubeconfig: "a", ...named }, { kubeconfig: unknown, ...named })).toEqual([]);
    expect(await replaced({ kubeconfig: "a", ...named }, { kubeconfig: "a", clusterIdentifier: unknown })).toEqual([
      "clusterIdentifier",
    ]);
  });
});

test("a namespace is a foundation, a claim is data, and what a Secret holds is secret and never told", async () => {
  expect(provider.describe("kubernetes:core/v1:Namespace")).toMatchObject({ model: "modelled", guarded: "foundation" });
  expect(provider.describe("kubernetes:core/v1:PersistentVolumeClaim")).toMatchObject({ guarded: "data" });
  expect(provider.describe("kubernetes:core/v1:Secret")).toMatchObject({ secretOutputs: ["data", "stringData"] });
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s" },
    data: { key: "not base64!" },
    stringData: { other: 5 },
  };
  const { failures } = await check(secret, { type: "kubernetes:core/v1:Secret" });
  expect(JSON.stringify(failures)).not.toMatch(/not base64!|"5/);
  expect(failures).not.toEqual([]);
});

test("a kind that nobody modelled is generic, and says so; all others are listed", async () => {
  expect(provider.describe("kubernetes:example.com/v1:Sloop")).toEqual({ model: "generic" });
  expect(provider.describe("kubernetes:helm.sh/v4:Chart")).toEqual({ model: "generic" });
  expect(modelledTypes()).toEqual(
    expect.arrayContaining([
      "kubernetes:apps/v1:Deployment",
      "kubernetes:core/v1:Namespace",
      "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding",
    ]),
  );
  const { failures } = await check({ anything: 1 }, { type: "kubernetes:example.com/v1:Sloop" });
  expect(failures).toEqual([]);
});

test("an object of another kind under the same URN is another object; of another version of its API it is the same", async () => {
  const change = async (oldInputs: PropertyMap, newInputs: PropertyMap) =>
    (await provider.diff({ urn: "u", type: CONFIG_MAP, id: "i", oldInputs, oldOutputs: {}, newInputs })).replaceKeys;
  expect(await change({ kind: "ConfigMap" }, { kind: "Secret" })).toEqual(["kind"]);
  expect(await change({ apiVersion: "apps/v1beta2" }, { apiVersion: "apps/v1" })).toEqual([]);
});

test("what the API server refuses to change in place is told in the plan, and refused, unless a new object is made", async () => {
  const type = "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding";
  const arn = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/${name}/0123456789abcdef`;
  const binding = (name: string) => ({ metadata: { name: "web", namespace: "n" }, spec: { targetGroupARN: arn(name) } });
  const request = { urn: "u", type, id: "n/web", oldInputs: binding("a"), oldOutputs: {}, newInputs: binding("b") };
  const { replaceKeys, detailedDiff } = await provider.diff(request);
  expect(replaceKeys).toEqual([]);
  expect(detailedDiff["spec.targetGroupARN"]).toMatchObject({ replace: false, source: expect.stringContaining("refuses") });
  await expect(provider.update(request)).rejects.toThrow(
    /refuses to change "spec.targetGroupARN" of eks.amazonaws.com\/v1:TargetGroupBinding n\/web in place. Add replaceOnChanges/,
  );
});

test("a Secret's text is in its data, encoded", async () => {
  const inputs = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace: "n" },
    data: { a: "YQ==" },
    stringData: { b: "b" },
  };
  const request = { urn: "u", type: "kubernetes:core/v1:Secret", name: "s", inputs, token: "t", seed: "00aa" };
  expect((await provider.create(request)).outputs.data).toEqual({ a: "YQ==", b: "Yg==" });
});
