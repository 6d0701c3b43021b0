import type { ServiceContract } from "./types.ts";

/** The contract as it holds in one environment: its overrides applied, field by field. Variables are merged, other fields replaced. */
export function forEnvironment(contract: ServiceContract, environment: string): ServiceContract {
  const override = contract.overrides[environment] ?? {};
  return { ...contract, ...override, environment: { ...contract.environment, ...override.environment } };
}
