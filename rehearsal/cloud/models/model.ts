import type { PropertyMap, PropertyValue } from "@fairway/engine";

/**
 * What we know of one resource type, as data where it can be and small pure functions where it can't.
 *
 * Names of properties, which are required and which are outputs come from the provider's schema ({@link TypeSchema}); what
 * forces replacement comes from a table with sources ({@link Replacements}). A model adds what neither says.
 */
export interface Model {
  /** The whole token, for example `aws:ec2/vpc:Vpc`. */
  type: string;
  /** Deletion or replacement needs leave: it holds data, or others stand on it. */
  guarded?: "data" | "foundation";
  /** The name that the provider makes up when the program gives none. */
  autoName?: AutoName;
  /** Values that the provider fills in, so that setting one to its default is no change. */
  defaults?: PropertyMap;
  /** What the cloud refuses, by top-level property; never called with a value that is absent or not yet known. */
  rules?: Record<string, Rule>;
  /** What the cloud refuses of properties together. */
  validate?: (inputs: PropertyMap, fail: Fail) => void;
  /** When two values of a property mean the same, for example lists whose order has no meaning. */
  same?: Record<string, (a: PropertyValue, b: PropertyValue) => boolean>;
  id: (making: Making) => string;
  /** Computed outputs, beside the echoed inputs. */
  outputs?: (made: Made) => PropertyMap;
  /** By output: the inputs whose change makes it anew. An update keeps every other computed output. */
  recomputed?: Record<string, readonly string[]>;
  /** Two of them can't be at the same time, whatever they are called. */
  deleteBeforeReplace?: boolean;
}

export interface AutoName {
  property: string;
  /** Longest name that the cloud takes. */
  max: number;
  /** What stands before it, for example `alias/`. */
  prefix?: string;
  /** The cloud takes lower case only. */
  lowerCase?: boolean;
}

/** @returns what is wrong, what is allowed and what to do, or undefined when the value is good. */
export type Rule = (value: PropertyValue, inputs: PropertyMap) => string | undefined;

/** Reports that the inputs can't be used; `property` is a path such as `actions[0].type`. */
export type Fail = (property: string, reason: string) => void;

/** Where the resource is made. */
export interface Place {
  region: string;
  accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  dnsSuffix: string;
}

export interface Making {
  inputs: PropertyMap;
  place: Place;
  /** Hexadecimal digits from nothing but the resource's seed and a label: the only source of made-up values. */
  hex: (label: string, length: number) => string;
  /** A number from 0 to `below` − 1, from the same source. */
  number: (label: string, below: number) => number;
}

export interface Made extends Making {
  id: string;
  /** Outputs before the update; undefined in a creation. */
  old: PropertyMap | undefined;
}

/** Names of a type's properties, from the provider's own schema. */
export interface TypeSchema {
  required: readonly string[];
  /** Every input, the required ones included. */
  inputs: readonly string[];
  /** Those that are no inputs. */
  outputs: readonly string[];
  secretOutputs?: readonly string[];
}

/** What forces replacement of a type, by top-level property. */
export interface Replacements {
  /** Where the knowledge comes from; also says that the other properties change in place. */
  source: string;
  properties: readonly string[];
  /** Properties that replace on some changes only. */
  sometimes?: Record<string, ReplaceWhen>;
}

export type ReplaceWhen = (change: Change) => boolean;

/** One property's change; a value that is absent is undefined, one that is not known yet is `unknown`. */
export interface Change {
  oldValue: PropertyValue | undefined;
  newValue: PropertyValue | undefined;
  oldInputs: PropertyMap;
  newInputs: PropertyMap;
}
