import { isMap, parsePath, type PropertyMap, type PropertyValue, unknown } from "@fairway/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds, schemaOf, tokenOf } from "./kinds.ts";
import { kubernetesProvider } from "./provider.ts";
import { REPLACED_ON } from "./replacement.ts";
import { clusterSamples } from "./samples/cluster.ts";
import { customSamples } from "./samples/custom.ts";
import type { ObjectSample } from "./samples/sample.ts";
import { workloadSamples } from "./samples/workloads.ts";

const provider = kubernetesProvider();
const objectSamples = [...workloadSamples, ...clusterSamples, ...customSamples];

test("every modelled kind has a schema and a sample, and every replaced path belongs to a kind", () => {
  const names = [...kinds.values()].map(({ name }) => name).sort();
  expect(objectSamples.map(({ name }) => name).sort()).toEqual(names);
  for (const kind of kinds.values()) expect(schemaOf(kind)).toBeDefined();
  expect(Object.keys(REPLACED_ON).filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(objectSamples)("$name", (sample) => {
  test("takes the sample, knows it as one object, and is not changed by what the cluster adds", async () => {
    const { inputs, failures } = await check(sample, objectOf(sample));
    expect(failures).toEqual([]);
    const { id, outputs } = await create(sample, inputs);
    expect(id).toBe(kinds.get(tokenOf(sample))?.namespaced ? "default/web" : "web");
    expect(outputs).toMatchObject(inputs);
    expect(outputs.metadata).toMatchObject({ name: "web", uid: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await create(sample, inputs)).toEqual({ id, outputs });
    expect(await diff(sample, inputs, (await check(sample, objectOf(sample), inputs)).inputs)).toMatchObject({ changedKeys: [] });
  });

  test.each(sample.bad)("refuses %s: %j", async (path, value, reason, at) => {
    const { failures } = await check(sample, changed(objectOf(sample), path, value));
    expect(failures).toContainEqual({ property: at ?? path, reason: expect.stringMatching(reason) });
  });

  test("takes whatever is not known yet", () => {
    const object = objectOf(sample);
    const paths = leaves(object).filter((path) => path[0] !== "kind" && path[0] !== "apiVersion");
    return fc.assert(
      fc.asyncProperty(fc.subarray(paths, { minLength: 1 }), async (hidden) => {
        const deepestFirst = hidden.toSorted((a, b) => b.length - a.length);
        const partly = deepestFirst.reduce((result, path) => put(result, path, unknown) as PropertyMap, object);
        expect((await check(sample, partly)).failures).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test.each(sample.replaced ? [sample.replaced] : [])(
    "is made anew when %s changes, after the old one went, since both have one name",
    async (path, value) => {
      const { inputs } = await check(sample, objectOf(sample));
      const result = await diff(sample, inputs, changed(inputs, path, value));
      expect(result).toMatchObject({ replaceKeys: [String(parsePath(path)[0])], deleteBeforeReplace: true });
      expect(Object.values(result.detailedDiff)).toEqual([
        expect.objectContaining({ replace: true, known: "modelled", source: expect.stringContaining("diff.go") }),
      ]);
    },
  );

  test.each(sample.kept ? [sample.kept] : [])("changes %s in place, and stays the object that it is", async (path, value) => {
    const { inputs } = await check(sample, objectOf(sample));
    const newInputs = changed(inputs, path, value);
    expect(await diff(sample, inputs, newInputs)).toMatchObject({ replaceKeys: [], deleteBeforeReplace: false });
    const { id, outputs } = await create(sample, inputs);
    const request = { urn: "u", type: tokenOf(sample), id, oldInputs: inputs, oldOutputs: outputs, newInputs };
    const updated = await provider.update(request);
    expect(updated).toMatchObject(newInputs);
    expect((updated.metadata as PropertyMap).uid).toBe((outputs.metadata as PropertyMap).uid);
  });
});

function objectOf({ name, good }: ObjectSample): PropertyMap {
  const at = name.lastIndexOf(":");
  return { apiVersion: name.slice(0, at), kind: name.slice(at + 1), metadata: { name: "web" }, ...good };
}

function check(sample: ObjectSample, newInputs: PropertyMap, oldInputs?: PropertyMap) {
  return provider.check({ urn: "u", type: tokenOf(sample), name: "web", oldInputs, newInputs, seed: "00aa" });
}

function create(sample: ObjectSample, inputs: PropertyMap) {
  return provider.create({ urn: "u", type: tokenOf(sample), name: "web", inputs, token: "t", seed: "00aa" });
}

function diff(sample: ObjectSample, oldInputs: PropertyMap, newInputs: PropertyMap) {
  return provider.diff({ urn: "u", type: tokenOf(sample), id: "web", oldInputs, oldOutputs: {}, newInputs });
}

function changed(object: PropertyMap, path: string, value: PropertyValue | undefined): PropertyMap {
  return put(object, parsePath(path), value) as PropertyMap;
}

type Path = readonly (string | number)[];

/** A copy with the value at a path; undefined removes it. */
function put(value: PropertyValue | undefined, [key, ...rest]: Path, next: PropertyValue | undefined): PropertyValue {
  if (key === undefined) return next ?? null;
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? put(each, rest, next) : each));
  const map = isMap(value) ? value : {};
  const { [key]: before, ...others } = map;
  if (rest.length === 0 && next === undefined) return others;
  return { ...others, [key]: put(before, rest, next) };
}

/** Paths of everything in a value but itself. */
function leaves(value: PropertyValue, at: Path = []): Path[] {
  const below = Array.isArray(value) ? [...value.entries()] : isMap(value) ? Object.entries(value) : [];
  return [...(at.length > 0 ? [at] : []), ...below.flatMap(([key, each]) => leaves(each, [...at, key]))];
}
