import type { Environment, Platform } from "./types.ts";

/** @throws when there is no such environment, naming those that there are. */
export function environmentOf(platform: Platform, name: string): Environment {
  const environment = platform.environments[name];
  if (environment) return environment;
  throw new Error(
    `there is no environment "${name}". platform.config.ts has ${Object.keys(platform.environments).join(", ")}: ` +
      `use one of them, or add it there and run \`npx fairway config\`.`,
  );
}

/** Whether a part of an environment exists already, made by someone else: see `provided`. */
export function isProvided<Setting extends object | string>(setting: Setting): setting is Extract<Setting, { kind: "provided" }> {
  return typeof setting === "object" && "kind" in setting && setting.kind === "provided";
}
