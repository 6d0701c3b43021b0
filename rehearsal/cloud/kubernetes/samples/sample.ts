import type { PropertyMap } from "@fairway/engine";

/** What the tests ask of a kind: an object that Kubernetes takes, changes of it that it refuses, and changes that replace or do not. */
export interface ObjectSample {
  /** API version and kind, for example `apps/v1:Deployment`. */
  name: string;
  /** Without API version, kind and metadata. */
  good: PropertyMap;
  /** Path of a changed property, its value (undefined removes it), words of the reason. */
  bad: [path: string, value: PropertyMap[string] | undefined, reason: RegExp, at?: string][];
  /** Path and value of a change that makes a new object. */
  replaced?: [path: string, value: PropertyMap[string]];
  /** Path and value of a change in place. */
  kept?: [path: string, value: PropertyMap[string]];
}
