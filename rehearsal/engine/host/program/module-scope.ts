import type { Sdk } from "./sdk.ts";
import { UnfitProgram } from "./unfit.ts";

/**
 * Loads a module in a store of its own in which everything that belongs to one stack throws.
 *
 * Modules are shared by programs, environments and passes: a configuration value, stack name or resource taken while one loads would be
 * the first program's for all of them.
 */
export function moduleScope<T>(sdk: Sdk, entry: string, load: () => Promise<T>): Promise<T> {
  return sdk.withLocalStorage(async () => {
    const store = sdk.getStore();
    for (const option of ["project", "stack", "organization"]) trap(store.settings.options, option, `the ${option}'s name`);
    trap(store.config, "PULUMI_CONFIG", "configuration");
    trap(store.settings, "monitor", "a resource or a function of a provider");
    return load();
  });

  function trap(object: object, key: string, what: string): void {
    Object.defineProperty(object, key, {
      get: () => {
        throw new UnfitProgram(
          `${what} is used while a module of ${entry} loads. Modules are shared by programs and environments: ` +
            "use it inside the program's default export, or in a function that it calls.",
        );
      },
      set: () => {},
    });
  }
}
