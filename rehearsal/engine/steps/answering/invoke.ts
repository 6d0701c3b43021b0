import type { PropertyMap } from "../../properties/value.ts";
import type { CheckFailure } from "../../provider.ts";
import type { Run } from "../run.ts";
import { containsUnknown, unwrapSecrets } from "../../properties/equal.ts";
import { unknown } from "../../properties/value.ts";
import { NOTHING_INHERITED } from "../deciding/inheritance.ts";
import { markSecrets, tellingNoSecrets, withoutSecrets } from "../deciding/secrets.ts";
import { GET_RESOURCE, packageOf } from "../naming/urn.ts";
import { providerFor } from "./provider-for.ts";

interface InvokeRequest {
  token: string;
  args: PropertyMap;
  /** `URN::id`; empty: the package's default provider. */
  provider: string;
  version: string;
}

/** Calls a function of a package; the engine's own one answers from what is registered. What came from a secret is secret. */
export async function invoke(run: Run, request: InvokeRequest): Promise<{ result: PropertyMap; failures: CheckFailure[] }> {
  const { token, args } = request;
  if (token === GET_RESOURCE) return getResource(run, args);
  const reference = await providerFor(run, packageOf(token), request.provider, NOTHING_INHERITED, request.version);
  // Only a preview knows less than all arguments: then nobody can answer.
  if (containsUnknown(args)) return { result: {}, failures: [] };
  const provider = await run.providers.byReference(reference, token);
  const { result, failures } = await tellingNoSecrets(
    undefined,
    () => [args],
    () => provider.invoke({ token, args: unwrapSecrets(args) }),
  );
  return {
    result: markSecrets(result, args),
    failures: failures.map(({ property, reason }) => ({ property, reason: withoutSecrets(reason, args) })),
  };
}

/** What the SDK asks to turn a resource reference back into a resource. */
function getResource(run: Run, args: PropertyMap): { result: PropertyMap; failures: CheckFailure[] } {
  const urn = args["urn"];
  const done = typeof urn === "string" ? run.claims.get(urn)?.done : undefined;
  if (done) {
    const { state, result } = done;
    return { result: { urn: state.urn, id: result.id, state: result.outputs }, failures: [] };
  }
  const entry = typeof urn === "string" ? run.snapshot.live(urn) : undefined;
  if (entry) {
    const id = run.preview && entry.custom && entry.id === "" ? unknown : entry.id;
    return { result: { urn: entry.urn, id, state: { ...entry.inputs, ...entry.outputs } }, failures: [] };
  }
  return { result: {}, failures: [{ property: "urn", reason: `no resource ${String(urn)} is registered or in the state` }] };
}
