import type { Environment, Platform, ProvidedNetwork } from "./types.ts";

/** @throws when there is no such environment, naming those that there are. */
export function environmentOf(platform: Platform, name: string): Environment {
  const environment = platform.environments[name];
  if (environment) return environment;
  throw new Error(
    `there is no environment "${name}". platform.config.ts has ${Object.keys(platform.environments).join(", ")}: ` +
      `use one of them, or add it there and run \`npx fairway config\`.`,
  );
}

export function isProvided(network: Environment["network"]): network is ProvidedNetwork {
  return network !== "own";
}
