import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import { type Derived, derivedFrom } from "../models/seed.ts";
import type { Kind } from "./kinds.ts";

/** When everything was made, so that a plan is the same twice. */
const CREATED = "2026-01-01T00:00:00Z";

/** `namespace/name`, or `name` of what belongs to no namespace. */
export function idOf(kind: Kind, { metadata }: PropertyMap, { hex }: Derived): string {
  const { name, namespace, generateName = "" } = isMap(metadata) ? metadata : {};
  const called = typeof name === "string" ? name : `${String(generateName)}${hex("generated", 5)}`;
  return kind.namespaced ? `${String(namespace)}/${called}` : called;
}

/**
 * The object as the API server answers: what was asked for, with its identity and what the kind is given by the cluster. Nothing of
 * this is an input, so no default comes back as a difference.
 *
 * @param seed of the object, for what is drawn
 * @param old the object before an update: its identity stays
 */
export function liveObject(kind: Kind, id: string, inputs: PropertyMap, seed: string, old: PropertyMap = {}): PropertyMap {
  const derived = derivedFrom(seed);
  const metadata = isMap(inputs.metadata) ? inputs.metadata : {};
  const before = isMap(old.metadata) ? old.metadata : {};
  const live: PropertyMap = {
    ...inputs,
    metadata: {
      ...metadata,
      name: id.slice(id.indexOf("/") + 1),
      uid: before.uid ?? uuid(derived),
      creationTimestamp: before.creationTimestamp ?? CREATED,
      resourceVersion: String(1 + derivedFrom(JSON.stringify(inputs)).number("version", 1_000_000)),
    },
  };
  return given(kind, live, derived, old);
}

/** What the cluster adds that programs read. */
function given({ name }: Kind, live: PropertyMap, { number }: Derived, old: PropertyMap): PropertyMap {
  if (name === "v1:Namespace") return { ...live, status: { phase: "Active" } };
  if (name === "v1:Secret" && isMap(live.stringData))
    return { ...live, data: { ...(isMap(live.data) ? live.data : {}), ...encoded(live.stringData) } };
  if (name === "v1:PersistentVolumeClaim") return { ...live, status: { phase: "Pending" } };
  if (name !== "v1:Service" || !isMap(live.spec)) return live;
  const { type = "ClusterIP", clusterIP } = live.spec;
  if (type === "ExternalName") return live;
  // EKS draws from 172.20.0.0/16 where the VPC is in 10.0.0.0/8 (EKS API reference, KubernetesNetworkConfigRequest).
  const drawn: PropertyValue = clusterIP ?? addressOf(old) ?? `172.20.${1 + number("third", 254)}.${1 + number("fourth", 254)}`;
  return { ...live, spec: { ...live.spec, type, clusterIP: drawn }, status: { loadBalancer: {} } };
}

/** `stringData` as the API server writes it into `data`, where it wins over what is there. */
function encoded(stringData: PropertyMap): PropertyMap {
  const entries = Object.entries(stringData).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries.map(([key, text]) => [key, Buffer.from(text).toString("base64")]));
}

function addressOf({ spec }: PropertyMap): PropertyValue | undefined {
  return isMap(spec) ? spec.clusterIP : undefined;
}

/** A UUID of version 4's shape. */
function uuid({ hex }: Derived): string {
  const digits = hex("uid", 32);
  const variant = "89ab"[parseInt(digits[16]!, 16) % 4];
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}
