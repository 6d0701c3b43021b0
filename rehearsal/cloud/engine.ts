export type {
  ChildRegistration,
  CheckFailure,
  CheckRequest,
  CheckResult,
  ConstructHost,
  ConstructRequest,
  ConstructResult,
  DiffRequest,
  DiffResult,
  PropertyDiff,
  Provider,
} from "../engine/provider.ts";
export type { PropertyMap, PropertyValue, Unknown } from "../engine/properties/value.ts";
export { ResourceReference, unknown } from "../engine/properties/value.ts";
export { changedKeys, diff } from "../engine/properties/diff.ts";
export { containsUnknown, equal } from "../engine/properties/equal.ts";
export { isMap } from "../engine/properties/maps.ts";
