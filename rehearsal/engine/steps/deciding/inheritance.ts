import { packageOf, parseUrn, providerUrn } from "../naming/urn.ts";

/** Options that a resource hands down to its children, when those don't set their own. */
export interface Inherited {
  protect: boolean;
  retainOnDelete: boolean;
  /** URN; empty when there is none. */
  deletedWith: string;
  /** Provider references by package. */
  providers: Record<string, string>;
}

export const NOTHING_INHERITED: Inherited = { protect: false, retainOnDelete: false, deletedWith: "", providers: {} };

/** What holds for a resource itself, and so for its children. */
export function inherit(
  own: {
    protect: boolean | undefined;
    retainOnDelete: boolean | undefined;
    deletedWith: string;
    provider: string;
    providers: Record<string, string>;
  },
  parent: Inherited,
): Inherited {
  const itself = own.provider === "" ? {} : { [packageOfProvider(own.provider)]: own.provider };
  return {
    protect: own.protect ?? parent.protect,
    retainOnDelete: own.retainOnDelete ?? parent.retainOnDelete,
    deletedWith: own.deletedWith || parent.deletedWith,
    providers: { ...parent.providers, ...own.providers, ...itself },
  };
}

function packageOfProvider(reference: string): string {
  return packageOf(parseUrn(providerUrn(reference)).type);
}
