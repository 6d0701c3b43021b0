/** In every regional type of provider 7 a change of `region` replaces (terraform-provider-aws, forceNewIfRegionChanges). */
export const REGION = "region";

/** The schema file in hashicorp/terraform-provider-aws was read, in a version of 2022 to 2026: its ForceNew marks. */
export function read(file: string): string {
  return `terraform-provider-aws, internal/service/${file}`;
}

/** The same schema as generally known, not read again; replacement.test.ts shows where AWS's own specification agrees. */
export function generallyKnown(file: string): string {
  return `terraform-provider-aws, internal/service/${file} (not re-read)`;
}
