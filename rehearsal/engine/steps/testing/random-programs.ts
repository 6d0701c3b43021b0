import * as fc from "fast-check";
import type { RegistrationResult } from "../types.ts";
import { type PropertyMap, unknown } from "../../properties/value.ts";
import type { ToyProgram, Wish } from "./program.ts";

/** One resource of a random program. What it refers to is a place before it, as a fraction of that many places. */
export interface RandomResource {
  /** 0–5: which of the resources that programs share this is. */
  who: number;
  /** Whether it has its second name; the first is its alias then, and the other way round. */
  renamed: boolean;
  component: boolean;
  /** Forces replacement. */
  fixed: number;
  size: number;
  parent: number | undefined;
  dependsOn: number | undefined;
  /** Takes the serial number of another one, as something that updates or as something that replaces. */
  takes: { from: number; key: "of" | "fixed" } | undefined;
  host: number | undefined;
  deleteBeforeReplace: boolean | undefined;
  provider: "default" | "newer" | "explicit";
}

export interface RandomProgram {
  resources: RandomResource[];
  /** Region of the explicit provider: another one replaces all that it manages. */
  region: string;
  /** The explicit provider is deleted before it is replaced, and with it what it manages. */
  providerFirst: boolean;
  /** Registers everything as early as its references allow, as the SDK does; else one after the other. */
  atOnce: boolean;
}

const place = fc.option(fc.double({ min: 0, max: 0.99, noNaN: true }), { nil: undefined });

type RandomHost = fc.Arbitrary<number | undefined>;

function resource(deleteBeforeReplace: fc.Arbitrary<boolean | undefined>, host: RandomHost): fc.Arbitrary<RandomResource> {
  return fc.record({
    who: fc.nat(5),
    renamed: fc.boolean(),
    component: fc.nat(4).map((n) => n === 0),
    fixed: fc.nat(1),
    size: fc.nat(1),
    parent: place,
    dependsOn: place,
    takes: fc.option(
      fc.record({ from: fc.double({ min: 0, max: 0.99, noNaN: true }), key: fc.constantFrom("of" as const, "fixed" as const) }),
      {
        nil: undefined,
      },
    ),
    host,
    deleteBeforeReplace,
    provider: fc.constantFrom("default" as const, "newer" as const, "explicit" as const),
  });
}

/** Programs over one small set of resources, so that one is an edit of another. */
export function programs({ deleteFirst = true, hosts = true } = {}): fc.Arbitrary<RandomProgram> {
  const none = fc.constant(undefined);
  const host: RandomHost = hosts ? fc.oneof({ weight: 3, arbitrary: none }, { weight: 1, arbitrary: place }) : none;
  return fc.record({
    resources: fc.uniqueArray(resource(deleteFirst ? fc.constantFrom(undefined, false, true) : none, host), {
      maxLength: 6,
      selector: ({ who }) => who,
    }),
    region: fc.constantFrom("north", "south"),
    providerFirst: deleteFirst ? fc.boolean() : fc.constant(false),
    atOnce: fc.boolean(),
  });
}

/** The program as the engine's tests run it. */
export function runnable({ resources, region, providerFirst, atOnce }: RandomProgram): ToyProgram {
  return async (say) => {
    const mine = await say.provider("mine", { region }, { deleteBeforeReplace: providerFirst });
    const made: Promise<RegistrationResult>[] = [];
    /** By URN, what each is deleted with: children inherit it, and the world must know. */
    const hosts = new Map<string, RegistrationResult>();
    for (const [index, wanted] of resources.entries()) {
      const one = register(wanted, index, (at) => made[Math.floor(at * index)]);
      one.catch(() => undefined);
      made.push(one);
      if (!atOnce) await one;
    }
    await Promise.all(made);

    async function register(
      wanted: RandomResource,
      index: number,
      before: (at: number) => Promise<RegistrationResult> | undefined,
    ) {
      const at = async (where: number | undefined) => (where === undefined || index === 0 ? undefined : await before(where));
      const [parent, dependsOn, taken, ownHost] = await Promise.all([
        at(wanted.parent),
        at(wanted.dependsOn),
        at(wanted.takes?.from),
        at(wanted.host),
      ]);
      const host = ownHost && ownHost.id !== "" ? ownHost : parent && hosts.get(parent.urn);
      const names = [`n${wanted.who}`, `m${wanted.who}`];
      if (wanted.renamed) names.reverse();
      const wish: Wish = {
        parent: parent?.urn ?? "",
        aliases: [{ name: names[1]! }],
        dependencies: dependsOn ? [dependsOn.urn] : [],
      };
      if (wanted.component) return hostedBy(host, await say.group(names[0]!, { size: wanted.size }, wish));

      const inputs: PropertyMap = { fixed: wanted.fixed, size: wanted.size };
      const propertyDependencies: Record<string, string[]> = {};
      if (taken && taken.id !== "") {
        inputs[wanted.takes!.key] = taken.outputs["serial"] ?? unknown;
        propertyDependencies[wanted.takes!.key] = [taken.urn];
      }
      if (host) {
        inputs["host"] = host.id;
        propertyDependencies["host"] = [host.urn];
      }
      const box = await say.box(names[0]!, inputs, {
        ...wish,
        dependencies: [...wish.dependencies!, ...Object.values(propertyDependencies).flat()],
        propertyDependencies,
        deletedWith: host?.urn ?? "",
        deleteBeforeReplace: wanted.deleteBeforeReplace,
        ...(wanted.provider === "explicit"
          ? { provider: mine.reference }
          : { version: wanted.provider === "newer" ? "2.0.0" : "1.0.0" }),
      });
      return hostedBy(host, box);
    }

    function hostedBy(host: RegistrationResult | undefined, result: RegistrationResult): RegistrationResult {
      if (host) hosts.set(result.urn, host);
      return result;
    }
  };
}
