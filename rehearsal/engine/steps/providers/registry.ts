import type { Provider, TypeDescription } from "../../provider.ts";
import type { ResourceState } from "../../types.ts";
import type { Snapshot } from "../snapshot.ts";
import { containsUnknown, unwrapSecrets } from "../../properties/equal.ts";
import { isProviderType, packageOf, parseUrn, providerReference, providerUrn } from "../naming/urn.ts";
import { providerResources } from "./provider-resource.ts";

const MANAGED_BY_ENGINE: TypeDescription = { model: "modelled" };

/** The provider instances of one deployment: one a provider resource, configured when it is first needed. */
export class Providers {
  readonly #unconfigured: (packageName: string) => Provider;
  readonly #snapshot: Snapshot;
  readonly #packages = new Map<string, Provider>();
  readonly #configured = new Map<string, Promise<Provider>>();
  /** References of the provider resources that the program has registered, by URN. */
  readonly #registered = new Map<string, string>();

  constructor(unconfigured: (packageName: string) => Provider, snapshot: Snapshot) {
    this.#unconfigured = unconfigured;
    this.#snapshot = snapshot;
  }

  /** The provider of a package, not configured: good for questions about types and configuration. */
  ofPackage(packageName: string): Provider {
    let provider = this.#packages.get(packageName);
    if (!provider) this.#packages.set(packageName, (provider = this.#unconfigured(packageName)));
    return provider;
  }

  describe(resource: { type: string; custom: boolean }): TypeDescription {
    if (!resource.custom || isProviderType(resource.type) || resource.type.startsWith("pulumi:")) return MANAGED_BY_ENGINE;
    return this.ofPackage(packageOf(resource.type)).describe(resource.type);
  }

  /** Makes a provider resource available to what is registered after it. @throws when its configuration can't be used. */
  async register(resource: ResourceState): Promise<string> {
    const reference = providerReference(resource.urn, resource.id);
    this.#registered.set(resource.urn, reference);
    this.#configured.delete(reference);
    await this.#configure(reference, resource);
    return reference;
  }

  /** The reference as state keeps it: programs in previews don't know the id of a provider that is to be made. */
  resolve(reference: string): string {
    return this.#registered.get(providerUrn(reference)) ?? reference;
  }

  /**
   * Who manages a resource: its provider, or for a provider resource the engine itself.
   *
   * @throws when its provider is neither registered nor in the state
   */
  async of(resource: { urn: string; type: string; provider: string }): Promise<Provider> {
    if (isProviderType(resource.type)) return providerResources(this.ofPackage(packageOf(resource.type)));
    return this.byReference(resource.provider, resource.urn);
  }

  async byReference(reference: string, neededBy: string): Promise<Provider> {
    const known = this.#configured.get(reference);
    if (known) return known;
    const resource = this.#snapshot.provider(reference);
    if (!resource)
      throw new Error(`${neededBy}: its provider ${reference} is neither registered by the program nor in the state`);
    return this.#configure(reference, resource);
  }

  #configure(reference: string, resource: ResourceState): Promise<Provider> {
    const provider = this.ofPackage(packageOf(parseUrn(resource.urn).type));
    // With a configuration that only the update will know, there is nothing to configure yet.
    const configured = containsUnknown(resource.inputs)
      ? Promise.resolve(provider)
      : provider.configure(unwrapSecrets(resource.inputs));
    this.#configured.set(reference, configured);
    return configured;
  }
}
