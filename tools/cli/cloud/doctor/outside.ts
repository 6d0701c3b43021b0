import { Resolver } from "node:dns/promises";
import { systemClock } from "@fairway/clock";
import type { Platform, Scope } from "@fairway/settings";
import { ROOT } from "../../workspace/checkout.ts";
import { findPrograms } from "../../workspace/programs.ts";
import { awsClients } from "../aws/clients.ts";
import { createGitHub } from "../github/api.ts";
import { ownedServices } from "../github/code-owners.ts";
import { githubApiUrl, githubToken } from "../github/token.ts";
import type { Surroundings } from "./checks.ts";
import { pulumiOfThisMachine, requirements } from "./this-machine.ts";

/** Milliseconds for a name server to answer. */
const DNS_TIMEOUT = 5_000;

/** The real cloud, GitHub and machine. */
export function realSurroundings(platform: Platform, scope: Scope): Surroundings {
  const programs = findPrograms(ROOT);
  return {
    clients: awsClients(scope),
    clock: systemClock,
    pulumi: pulumiOfThisMachine(),
    required: requirements(programs),
    resolveNs: (domain) => new Resolver({ timeout: DNS_TIMEOUT, tries: 1 }).resolveNs(domain),
    github: async () => {
      const token = await githubToken();
      if (!token) return undefined;
      const github = createGitHub({ baseUrl: githubApiUrl(), token });
      return { github, platform, environments: [scope.name], checks: [], root: ROOT, services: await ownedServices(ROOT) };
    },
    // The planner is loaded only once the account is known to be right.
    needs: async () => (await import("./aws/planned-needs.ts")).plannedNeeds(platform, scope.name),
    waitingFor: (names) => console.error(`still looking at: ${names.join(", ")}`),
  };
}
