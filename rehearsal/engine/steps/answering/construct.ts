import type { PropertyMap, PropertyValue } from "../../properties/value.ts";
import type { ChildRegistration, ConstructHost } from "../../provider.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import type { RegistrationResult, ResourceRegistration } from "../types.ts";
import { unwrapSecrets } from "../../properties/equal.ts";
import { unknown } from "../../properties/value.ts";
import { markSecrets } from "../deciding/secrets.ts";
import { RegistrationError } from "../error.ts";
import { packageOf } from "../naming/urn.ts";
import { providerFor } from "./provider-for.ts";
import { register } from "./register.ts";
import { registerOutputs } from "./outputs.ts";

/** Has the provider make what is in a remote component. The component itself is registered already. */
export async function construct(
  run: Run,
  component: ResourceState,
  registration: ResourceRegistration,
): Promise<RegistrationResult> {
  const { urn, type, name, inputs } = component;
  const inherited = run.claims.get(urn)!.inherited;
  const provider = await run.providers.byReference(
    await providerFor(run, packageOf(type), registration.provider, inherited, registration.version),
    urn,
  );
  if (!provider.construct) {
    throw new RegistrationError("refused", `${name} (${type}): package ${packageOf(type)} makes no components here`, urn);
  }
  const host: ConstructHost = { urn, register: (child) => registerChild(run, urn, inputs, child) };
  const request = { type, name, inputs: unwrapSecrets(inputs), preview: run.preview, version: registration.version };
  const made = await provider.construct(request, host);
  const outputs = markSecrets(made.outputs, inputs, [...component.additionalSecretOutputs]);
  await registerOutputs(run, urn, outputs);
  return { urn, id: "", outputs, outputDependencies: made.outputDependencies };
}

async function registerChild(
  run: Run,
  component: string,
  componentInputs: PropertyMap,
  child: ChildRegistration,
): Promise<{ urn: string; id: string; outputs: PropertyMap }> {
  const { urn, id, outputs } = await register(run, {
    type: child.type,
    name: child.name,
    custom: true,
    remote: false,
    parent: child.parent ?? component,
    // The provider saw the component's inputs without their secrets: what it passes on of them is secret again.
    inputs: markSecrets(child.inputs, componentInputs),
    dependencies: child.dependencies ?? [],
    propertyDependencies: child.propertyDependencies ?? {},
    provider: "",
    providers: {},
    version: child.version ?? "",
    protect: undefined,
    retainOnDelete: undefined,
    deleteBeforeReplace: undefined,
    deletedWith: "",
    aliases: [],
    ignoreChanges: child.ignoreChanges ?? [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
  });
  const plain = unwrapSecrets(outputs);
  return { urn, id: id as string, outputs: run.preview ? unknownWhereMissing(plain) : plain };
}

/** In a preview an output that is not there is one that only the update will know. */
function unknownWhereMissing(outputs: PropertyMap): PropertyMap {
  return new Proxy(outputs, {
    get: (target, key): PropertyValue | undefined =>
      typeof key === "symbol" || key === "toJSON" || key === "then" || Object.hasOwn(target, key)
        ? Reflect.get(target, key)
        : unknown,
  });
}
