/** JSON, as resources' properties are once nothing about them is unknown. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonMap = { [key: string]: Json };

/**
 * A resource as policies, prices, permissions and pictures look at it: what a plan says there will be after the update, or what a
 * policy pack is shown by Pulumi's own CLI. Plain data.
 */
export interface PlannedResource {
  urn: string;
  /** Type token, for example `aws:s3/bucket:Bucket`. */
  type: string;
  name: string;
  project: string;
  /** Name of its stack: an environment, or "shared". */
  stack: string;
  /** Managed by a provider; a component is not. */
  custom: boolean;
  /** Read, not managed: it exists already and costs nothing here. */
  external: boolean;
  /** Inputs. Secrets stand with their values (see `secrets`); what is unknown is left out (see `unknowns`). */
  inputs: JsonMap;
  /** Outputs as modelled, inputs included. Empty in a policy pack's preview. */
  outputs: JsonMap;
  /** Paths of secret inputs, for example `environment.variables.TOKEN`. Their values must never be printed. */
  secrets: string[];
  /** Paths of inputs whose values are known only after the update. Nothing can be judged of them yet. */
  unknowns: string[];
  /** URN; empty for the stack itself. */
  parent: string;
  /** URNs, those of `propertyDependencies` included. */
  dependencies: string[];
  /** For each input the URNs that its value comes from. */
  propertyDependencies: Record<string, string[]>;
  protect: boolean;
  retainOnDelete: boolean;
  /** How its outputs and replacements are known: "modelled", "schema", "assumed"… */
  known: string;
}
