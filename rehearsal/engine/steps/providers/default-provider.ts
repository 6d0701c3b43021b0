import type { PropertyMap } from "../../properties/value.ts";
import type { ResourceRegistration } from "../types.ts";
import { Secret } from "../../properties/value.ts";
import { put } from "../../properties/maps.ts";
import { providerType } from "../naming/urn.ts";

/**
 * The provider that a package's resources get when the program names none: `default_1_2_3` for version 1.2.3 of its SDK,
 * configured by the stack's `<package>:*` configuration.
 */
export function defaultProvider(
  packageName: string,
  version: string,
  config: Record<string, string>,
  secretKeys: readonly string[],
): ResourceRegistration {
  return {
    type: providerType(packageName),
    name: version === "" ? "default" : `default_${version.replace(/[^A-Za-z0-9]/g, "_")}`,
    custom: true,
    remote: false,
    parent: "",
    inputs: configuration(packageName, config, secretKeys),
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    providers: {},
    version,
    protect: undefined,
    retainOnDelete: undefined,
    deleteBeforeReplace: undefined,
    deletedWith: "",
    aliases: [],
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
  };
}

function configuration(packageName: string, config: Record<string, string>, secretKeys: readonly string[]): PropertyMap {
  const prefix = `${packageName}:`;
  const inputs: PropertyMap = {};
  for (const key of Object.keys(config).sort()) {
    if (!key.startsWith(prefix)) continue;
    const value = config[key]!;
    put<PropertyMap[string]>(inputs, key.slice(prefix.length), secretKeys.includes(key) ? new Secret(value) : value);
  }
  return inputs;
}
