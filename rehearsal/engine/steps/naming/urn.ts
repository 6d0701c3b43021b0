/** Type of the resource that stands for the whole stack: the parent of all that have no other. */
export const STACK_TYPE = "pulumi:pulumi:Stack";
export const STACK_REFERENCE_TYPE = "pulumi:pulumi:StackReference";
/** Function by which the SDK turns a resource reference back into a resource. */
export const GET_RESOURCE = "pulumi:pulumi:getResource";
const PROVIDER_TYPE_PREFIX = "pulumi:providers:";

export interface UrnParts {
  stack: string;
  project: string;
  /** Types of the parents and the resource's own, joined by `$`, without the stack's. */
  qualifiedType: string;
  type: string;
  name: string;
}

/** Takes a URN apart. @throws when it is not one. */
export function parseUrn(urn: string): UrnParts {
  const [scheme, project, qualifiedType, ...name] = urn.split("::");
  if (!scheme?.startsWith("urn:pulumi:") || project === undefined || qualifiedType === undefined || name.length === 0) {
    throw new Error(`"${urn}" is not a URN: urn:pulumi:STACK::PROJECT::TYPE::NAME`);
  }
  return {
    stack: scheme.slice("urn:pulumi:".length),
    project,
    qualifiedType,
    type: qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1),
    name: name.join("::"),
  };
}

/** The URN of a resource; `parent` is the parent's URN or empty. The stack's own type is left out of its children's URNs. */
export function createUrn(of: { stack: string; project: string; parent: string; type: string; name: string }): string {
  const parents = of.parent === "" ? "" : parseUrn(of.parent).qualifiedType;
  const type = parents === "" || parents === STACK_TYPE ? of.type : `${parents}$${of.type}`;
  return `urn:pulumi:${of.stack}::${of.project}::${type}::${of.name}`;
}

/** The package of a type or function token: `toy` of `toy:index:Box` and of `pulumi:providers:toy`. */
export function packageOf(token: string): string {
  return isProviderType(token) ? token.slice(PROVIDER_TYPE_PREFIX.length) : token.slice(0, token.indexOf(":"));
}

export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_TYPE_PREFIX);
}

export function providerType(packageName: string): string {
  return PROVIDER_TYPE_PREFIX + packageName;
}

/** A reference to a provider resource, as state and programs write it: `URN::ID`. */
export function providerReference(urn: string, id: string): string {
  return `${urn}::${id}`;
}

/** The URN in a provider reference; empty when there is none. */
export function providerUrn(reference: string): string {
  return reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
}
