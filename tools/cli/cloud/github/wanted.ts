import { type CiRole, githubEnvironment, type Platform, platformTeam, SHARED } from "@fairway/settings";
import { EXIT, Failure } from "../../failure.ts";

/** The branch that deploys: roles trust it (`infra/stacks/account`). */
export const MAIN = "main";

/** A GitHub environment as it must be: jobs reach it from main only. */
export interface WantedEnvironment {
  name: string;
  /** GitHub team, `organisation/slug`, of which someone must approve each job; none: no approval. */
  reviewers: string | undefined;
}

/**
 * The GitHub environments in which CI jobs assume deploy roles.
 *
 * @param names environments of settings or "shared"; all when there are none
 */
export function wantedEnvironments(platform: Platform, names: readonly string[]): WantedEnvironment[] {
  const first = Object.keys(platform.environments)[0];
  const owner = platformTeam(platform);
  const environments = Object.values(platform.environments).filter(({ name }) => names.length === 0 || names.includes(name));
  const wanted = environments.flatMap((environment): WantedEnvironment[] => {
    const of = (role: CiRole, team: string): WantedEnvironment => ({
      name: githubEnvironment(environment, role),
      reviewers: environment.release.approval ? githubTeam(platform, team) : undefined,
    });
    return [
      of("deploy-platform", owner),
      ...Object.keys(platform.teams).map((team) => of(`deploy-${team}`, team)),
      ...(environment.name === first ? [of("deploy-preview", owner)] : []),
    ];
  });
  const shared = names.length === 0 || names.includes(SHARED) ? sharedEnvironments(platform) : [];
  // A team of the name "platform" deploys its services in the environment of the platform itself.
  return [...new Map([...wanted, ...shared].map((each) => [each.name, each])).values()];
}

/** What all environments share is approved when any of them is: its records decide what production runs. */
function sharedEnvironments(platform: Platform): WantedEnvironment[] {
  const approval = Object.values(platform.environments).some(({ release }) => release.approval);
  return [
    {
      name: githubEnvironment({ name: SHARED }, "deploy-platform"),
      reviewers: approval ? githubTeam(platform, platformTeam(platform)) : undefined,
    },
    { name: githubEnvironment({ name: SHARED }, "publish"), reviewers: undefined },
  ];
}

/** @throws Failure when settings have no such team */
export function githubTeam(platform: Platform, team: string): string {
  const found = platform.teams[team];
  if (found) return found.github;
  throw new Failure(
    `there is no team "${team}". platform.config.ts has ${Object.keys(platform.teams).join(", ")}: use one of them, or add it there.`,
    EXIT.failed,
  );
}
