import type { Inherited } from "../deciding/inheritance.ts";
import type { Run } from "../run.ts";
import { RegistrationError } from "../error.ts";
import { providerUrn } from "../naming/urn.ts";
import { defaultProvider } from "../providers/default-provider.ts";
import { register } from "./register.ts";

const defaults = new WeakMap<Run, Map<string, Promise<string>>>();

/**
 * The provider that a resource gets, as state keeps it: the one it names, else its parent's for the package, else the package's
 * default one, which is registered when it is first needed.
 */
export async function providerFor(
  run: Run,
  packageName: string,
  named: string,
  inherited: Inherited,
  version: string,
): Promise<string> {
  const reference = named || inherited.providers[packageName];
  if (!reference) return byDefault(run, packageName, version);
  if (!run.claims.get(providerUrn(reference))?.done) {
    throw new RegistrationError("refused", `the provider ${reference} is not registered: register it before what it manages`);
  }
  return run.providers.resolve(reference);
}

function byDefault(run: Run, packageName: string, version: string): Promise<string> {
  let ofRun = defaults.get(run);
  if (!ofRun) defaults.set(run, (ofRun = new Map()));
  const key = `${packageName}@${version}`;
  let reference = ofRun.get(key);
  if (!reference) {
    const { config, secretKeys } = run.options;
    reference = register(run, defaultProvider(packageName, version, config, secretKeys)).then(({ urn }) =>
      run.providers.resolve(`${urn}::`),
    );
    ofRun.set(key, reference);
  }
  return reference;
}
