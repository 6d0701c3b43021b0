import type { Scope } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";

/** Where the aws provider of a stack works, as `Pulumi.<stack>.yaml` says; what it does not say is undefined. */
export interface ConfiguredPlace {
  /** `aws:region`. */
  region?: string;
  /** `aws:allowedAccountIds`: the provider refuses credentials of any other account. */
  allowedAccountIds?: string[];
}

/**
 * Refuses to run a stack whose `Pulumi.<stack>.yaml` names another account or region than platform.config.ts: the first thing a
 * program does, before any resource could go to the wrong place.
 *
 * What the file leaves out is not refused here: `fairway config --check` does that.
 *
 * @param scope the environment, or what `scopeOf(platform, "shared")` gives
 * @throws when the two disagree, naming both values and the command that mends it
 * @example
 * checkPlace(environment);
 */
export function checkPlace(scope: Scope): void {
  const config = new pulumi.Config("aws");
  const problems = placeProblems(scope, {
    region: config.get("region"),
    allowedAccountIds: config.getObject<string[]>("allowedAccountIds"),
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** What is wrong with a stack's place, a sentence each. */
export function placeProblems(scope: Scope, { region, allowedAccountIds }: ConfiguredPlace): string[] {
  const file = `Pulumi.${scope.name}.yaml`;
  const way = `Run \`npx fairway config\` if platform.config.ts is right, or mend platform.config.ts.`;
  const problems: string[] = [];
  // A number has lost its leading zeros; as text it is compared with what settings have.
  const accounts = allowedAccountIds?.map(String);
  if (accounts && !(accounts.length === 1 && accounts[0] === scope.account)) {
    problems.push(
      `${file} allows account ${accounts.join(", ") || "(none)"} in aws:allowedAccountIds, but platform.config.ts puts ` +
        `"${scope.name}" into ${scope.account}. ${way}`,
    );
  }
  if (region !== undefined && region !== scope.region) {
    problems.push(
      `${file} has aws:region ${region}, but platform.config.ts puts "${scope.name}" into ${scope.region}. ${way} ` +
        `A stack that exists can't move to another region: everything in it would be made anew.`,
    );
  }
  return problems;
}
