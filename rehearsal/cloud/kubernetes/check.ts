import {
  type CheckFailure,
  type CheckRequest,
  type CheckResult,
  isMap,
  printPath,
  type PropertyMap,
  unknown,
} from "@fairway/engine";
import { withoutNulls } from "../models/check.ts";
import { derivedFrom } from "../models/seed.ts";
import { type Kind, schemaOf } from "./kinds.ts";
import { checkKeys, type Fail, nameProblem } from "./rules/names.ts";
import { quantity } from "./rules/quantity.ts";
import { definitionsOf } from "./schema/schema.ts";
import { type Forms, validate } from "./schema/validate.ts";

/** Marks an object whose name the provider made up, as the real provider does, so that the next update keeps the name. */
export const AUTONAMED = "pulumi.com/autonamed";

/** Hexadecimal digits of a made-up name. Source: pulumi-kubernetes, provider/pkg/metadata/naming.go. */
const DIGITS = 8;

const FORMS: Forms = { "io.k8s.apimachinery.pkg.api.resource.Quantity": quantity };

/** Names an object, puts it into a namespace, and holds it against its schema and the rules of its kind. */
export function checkObject(kind: Kind, defaultNamespace: string, request: CheckRequest): CheckResult {
  const failures: CheckFailure[] = [];
  const fail: Fail = (property, reason) => failures.push({ property, reason });
  const inputs = placed(kind, defaultNamespace, withoutNulls(request.newInputs), request);
  for (const { path, reason } of validate(schemaOf(kind), inputs, definitionsOf(), FORMS)) fail(printPath(path), reason);
  checkMetadata(kind, inputs.metadata, fail);
  // A rule may rely on the types that the schema says.
  if (failures.length === 0) kind.rules?.(inputs, fail);
  return { inputs, failures };
}

/** The object with its name and namespace: said, kept from before, or made up. */
function placed(kind: Kind, namespace: string, inputs: PropertyMap, { name, seed, oldInputs }: CheckRequest): PropertyMap {
  const metadata = inputs.metadata ?? {};
  if (!isMap(metadata)) return inputs;
  const placedIn = kind.namespaced && metadata.namespace === undefined ? { ...metadata, namespace } : metadata;
  if (metadata.name !== undefined || metadata.generateName !== undefined) return { ...inputs, metadata: placedIn };
  const old = isMap(oldInputs?.metadata) ? oldInputs.metadata : {};
  const keeps = isAutonamed(old) && typeof old.name === "string";
  const madeUp = keeps ? old.name! : `${name}-${derivedFrom(seed).hex("name", DIGITS)}`;
  const annotations = isMap(metadata.annotations) ? metadata.annotations : {};
  if (metadata.annotations === unknown) return { ...inputs, metadata: { ...placedIn, name: madeUp } };
  return { ...inputs, metadata: { ...placedIn, annotations: { ...annotations, [AUTONAMED]: "true" }, name: madeUp } };
}

/** Whether an object's name was made up. */
export function isAutonamed(metadata: PropertyMap): boolean {
  return isMap(metadata.annotations) && metadata.annotations[AUTONAMED] === "true";
}

function checkMetadata(kind: Kind, metadata: PropertyMap[string] | undefined, fail: Fail): void {
  if (!isMap(metadata)) return;
  const { name, namespace } = metadata;
  const wrong = typeof name === "string" ? nameProblem(kind.named ?? "subdomain", name, kind.longestName) : undefined;
  if (wrong)
    fail("metadata.name", isAutonamed(metadata) ? `${wrong} It was made of the resource's name: change that, or set it.` : wrong);
  if (!kind.namespaced && namespace !== undefined)
    fail("metadata.namespace", "does not apply: the kind belongs to no namespace. Remove it.");
  const wrongPlace = typeof namespace === "string" && kind.namespaced ? nameProblem("label", namespace) : undefined;
  if (wrongPlace) fail("metadata.namespace", wrongPlace);
  checkKeys(metadata.labels, "metadata.labels", "labels", fail);
  checkKeys(metadata.annotations, "metadata.annotations", "annotations", fail);
}
