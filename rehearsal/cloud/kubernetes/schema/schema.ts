import { readFileSync } from "node:fs";

/** The part of JSON Schema that Kubernetes' published schemas are written in, and ours. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  properties?: Record<string, Schema>;
  /** False where unknown properties are refused. */
  additionalProperties?: boolean | Schema;
  required?: readonly string[];
  items?: Schema;
  enum?: readonly (string | number | boolean)[];
  oneOf?: readonly Schema[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  /** `set`: no element twice. `map`: no two elements with the same keys. */
  "x-kubernetes-list-type"?: "set" | "map";
  "x-kubernetes-list-map-keys"?: readonly string[];
}

/** Schemas by API version and kind, for example `apps/v1:Deployment`, and the definitions that they refer to. */
export interface Schemas {
  kinds: Record<string, Schema>;
  definitions: Record<string, Schema>;
}

let read: Schemas | undefined;

/** Kubernetes' own, from the published document. Read when first asked for: most plans have no Kubernetes in them. */
export function publishedSchemas(): Schemas {
  read ??= JSON.parse(readFileSync(new URL("./kubernetes-1.36.json", import.meta.url), "utf8")) as Schemas;
  return read;
}

/** What schemas refer to, those that are written here too. */
export function definitionsOf(): Schemas["definitions"] {
  return publishedSchemas().definitions;
}

/** Name of what `#/definitions/NAME` refers to. */
export function definitionName(reference: string): string {
  return reference.slice("#/definitions/".length);
}
