import type { PropertyMap } from "../../properties/value.ts";
import type { ConstructHost, ConstructRequest, ConstructResult, DiffResult, Provider, TypeDescription } from "../../provider.ts";
import { changedKeys, diff } from "../../properties/diff.ts";
import { containsUnknown } from "../../properties/equal.ts";

/** A resource that really exists, in the world of {@link ToyWorld}. */
export interface ToyThing {
  type: string;
  urn: string;
  inputs: PropertyMap;
  token: string;
}

export interface ToyCall {
  kind: "create" | "update" | "delete" | "read" | "invoke" | "construct" | "configure";
  urn: string;
  inputs: PropertyMap;
}

/**
 * A cloud of boxes, in memory, for tests of the engine. It outlives deployments, as a cloud does.
 *
 * Inputs: any. `fixed` forces replacement; with `exclusive` the old one must go first. Without `label`, check chooses one from the
 * seed. `bad` fails the check. Outputs: the inputs, `serial` (the id again), and `touched`, which every update makes anew.
 * A box whose `host` is deleted goes with it.
 */
export class ToyWorld {
  readonly things = new Map<string, ToyThing>();
  readonly calls: ToyCall[] = [];
  /** Checks and diffs, in order, as `check URN` and so on. */
  readonly questions: string[] = [];
  /** Before and after each call that reaches the world; may throw. */
  before: (call: ToyCall) => void | Promise<void> = () => undefined;
  after: (call: ToyCall) => void | Promise<void> = () => undefined;
  descriptions: Record<string, TypeDescription> = {};
  construct: ((request: ConstructRequest, host: ConstructHost) => Promise<ConstructResult>) | undefined;

  /** Calls as `kind name`, in order. */
  told(): string[] {
    return this.calls.map(({ kind, urn }) => `${kind} ${urn.slice(urn.lastIndexOf("::") + 2)}`);
  }

  /** The provider of any package; what it does is done to this world. */
  provider(packageName = "toy", config: PropertyMap | undefined = undefined): Provider {
    return {
      package: packageName,
      describe: (type) => this.descriptions[type] ?? { model: "modelled" },
      checkConfig: async ({ newInputs }) => ({
        inputs: newInputs,
        failures: newInputs["region"] === "nowhere" ? [{ property: "region", reason: "there is no such region" }] : [],
      }),
      diffConfig: async ({ oldInputs, newInputs }) => plainDiff(oldInputs, newInputs, ["region"]),
      configure: async (inputs) => this.provider(packageName, inputs),
      check: async ({ urn, newInputs, oldInputs, seed }) => {
        this.questions.push(`check ${urn}`);
        if (newInputs["bad"]) return { inputs: newInputs, failures: [{ property: "bad", reason: "must not be set" }] };
        return { inputs: { label: oldInputs?.["label"] ?? `box-${seed.slice(0, 7)}`, ...newInputs }, failures: [] };
      },
      diff: async ({ urn, oldInputs, newInputs }) => {
        this.questions.push(`diff ${urn}`);
        return {
          ...plainDiff(oldInputs, newInputs, ["fixed"]),
          deleteBeforeReplace: newInputs["exclusive"] === true,
          recomputed: ["touched"],
        };
      },
      create: (request) =>
        this.#reach({ kind: "create", urn: request.urn, inputs: request.inputs }, () => {
          const known = [...this.things].find(([, thing]) => thing.token === request.token);
          const id = known?.[0] ?? `id-${request.seed.slice(0, 12)}`;
          if (!known && this.things.has(id)) throw new Error(`the id ${id} is taken`);
          this.things.set(id, { type: request.type, urn: request.urn, inputs: request.inputs, token: request.token });
          return { id, outputs: outputs(id, request.inputs, 0) };
        }),
      read: (request) =>
        this.#reach({ kind: "read", urn: request.urn, inputs: request.inputs }, () => {
          const thing = this.things.get(request.id);
          return thing && outputs(request.id, thing.inputs, 0);
        }),
      update: (request) =>
        this.#reach({ kind: "update", urn: request.urn, inputs: request.newInputs }, () => {
          const thing = this.things.get(request.id);
          if (!thing) throw new Error(`there is no ${request.id} to update`);
          thing.inputs = request.newInputs;
          return outputs(request.id, request.newInputs, 1);
        }),
      delete: (request) =>
        this.#reach({ kind: "delete", urn: request.urn, inputs: request.inputs }, () => {
          this.#remove(request.id);
        }),
      invoke: (request) =>
        this.#reach({ kind: "invoke", urn: request.token, inputs: request.args }, () => ({
          result: { ...request.args, region: config?.["region"] ?? "none" },
          failures: request.args["bad"] ? [{ property: "bad", reason: "must not be set" }] : [],
        })),
      construct: this.construct && ((request, host) => this.construct!(request, host)),
    };
  }

  #remove(id: string): void {
    this.things.delete(id);
    for (const [guest, thing] of this.things) if (thing.inputs["host"] === id) this.#remove(guest);
  }

  async #reach<T>(call: ToyCall, effect: () => T): Promise<T> {
    await this.before(call);
    if (containsUnknown(call.inputs)) throw new Error(`an unknown reached the world in ${call.kind} ${call.urn}`);
    this.calls.push(call);
    const result = effect();
    await this.after(call);
    return result;
  }
}

function outputs(id: string, inputs: PropertyMap, touched: number): PropertyMap {
  return { ...inputs, serial: id, touched };
}

function plainDiff(oldInputs: PropertyMap, newInputs: PropertyMap, forcing: readonly string[]): DiffResult {
  const differences = diff(oldInputs, newInputs);
  const keys = changedKeys(differences);
  return {
    changedKeys: keys,
    replaceKeys: keys.filter((key) => forcing.includes(key)),
    detailedDiff: Object.fromEntries(
      differences.map(({ path, kind, keys: at }) => [
        path,
        { kind, replace: forcing.includes(String(at[0])), known: "modelled" as const },
      ]),
    ),
    deleteBeforeReplace: false,
    recomputed: [],
  };
}
