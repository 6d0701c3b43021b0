import type { Clock } from "@fairway/clock";
import { type Platform, type Scope, SHARED } from "@fairway/settings";
import type { AwsClients } from "../aws/clients.ts";
import type { GitHubSetUp } from "../github/steps.ts";
import { credentialsCheck } from "./aws/credentials.ts";
import { dnsCheck, type ResolveNs } from "./dns.ts";
import { type Check, type Finding, note } from "./finding.ts";
import { githubCheck } from "./github.ts";
import { kubernetesCheck } from "./kubernetes.ts";
import type { Needs } from "./aws/needs.ts";
import { pulumiCheck, type PulumiCli, type Requirement } from "./pulumi-cli.ts";
import { quotasCheck } from "./aws/quotas.ts";
import { runChecks } from "./run.ts";
import { backendCheck } from "./aws/state-backend.ts";
import { zonesCheck } from "./aws/zones.ts";

/** Everything outside of this process that a scope is checked against. Tests give others. */
export interface Surroundings {
  clients: AwsClients;
  clock: Clock;
  pulumi: PulumiCli;
  required: readonly Requirement[];
  resolveNs: ResolveNs;
  /** Undefined when there is no token. */
  github: () => Promise<GitHubSetUp | undefined>;
  /** What a plan of the environment needs. */
  needs: () => Promise<Needs>;
  /** Called when it takes longer than a person likes. */
  waitingFor: (names: string[]) => void;
}

/** Whether the cloud and GitHub are ready for a scope. Changes nothing. */
export async function examine(platform: Platform, scope: Scope, around: Surroundings): Promise<Finding[]> {
  const { clients, clock, waitingFor } = around;
  const environment = scope.name === SHARED ? undefined : platform.environments[scope.name];
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const aws: Check[] = [
    backendCheck(clients, platform, scope, clock),
    ...(environment ? [zonesCheck(clients, environment), quotasCheck(clients, platform, scope, around.needs)] : []),
  ];
  const others: Check[] = [
    pulumiCheck(around.pulumi, platform, scope, around.required),
    ...(environment ? [dnsCheck(around.resolveNs, platform, environment), kubernetesCheck(environment, today)] : []),
    githubCheck(around.github),
  ];
  return runChecks([awsChecks(credentialsCheck(clients, scope), aws, clock), ...others], { clock, waitingFor });
}

/** AWS is asked nothing else with credentials that are none, or of another account. */
function awsChecks(account: Check, rest: readonly Check[], clock: Clock): Check {
  // The whole of it is waited for under one name.
  const quietly = { clock, waitingFor: () => {} };
  return {
    name: "aws",
    run: async () => {
      const found = await runChecks([account], quietly);
      if (found.every(({ state }) => state === "fine")) return [...found, ...(await runChecks(rest, quietly))];
      return [
        ...found,
        note("aws", `${rest.map(({ name }) => name).join(", ")} not looked at without credentials of the account`),
      ];
    },
  };
}
