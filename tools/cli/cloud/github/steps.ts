import type { Platform } from "@fairway/settings";
import { Failure } from "../../failure.ts";
import type { Step } from "../steps.ts";
import type { GitHub } from "./api.ts";
import { codeOwnersStep, type OwnedService } from "./code-owners.ts";
import { environmentStep, type TeamIds } from "./environments.ts";
import { rulesetStep } from "./ruleset.ts";
import { MAIN, wantedEnvironments } from "./wanted.ts";

export interface GitHubSetUp {
  github: GitHub;
  platform: Platform;
  /** Environments or "shared"; all when there are none. */
  environments: readonly string[];
  /** Status checks that a pull request must pass. */
  checks: readonly string[];
  root: string;
  services: readonly OwnedService[];
}

/** What only GitHub enforces of the rule that nothing but main deploys. */
export function githubSteps({ github, platform, environments, checks, root, services }: GitHubSetUp): Step[] {
  const repository = repositoryPath(platform);
  const teamId = teamIds(github);
  return [
    ...wantedEnvironments(platform, environments).map((wanted) => environmentStep(github, repository, wanted, teamId)),
    rulesetStep(github, repository, checks),
    codeOwnersStep(root, platform, services),
  ];
}

export const repositoryPath = ({ repository: { owner, name } }: Platform) => `/repos/${owner}/${name}`;

/** What GET /repos/{owner}/{repo} answers, as far as it is read. */
export interface PresentRepository {
  id: number;
  default_branch: string;
  owner: { id: number };
  permissions?: { admin: boolean };
}

/** @throws Failure when the repository can't be set up: it is not there, main is not its default branch, or the token's owner is no admin */
export async function requireRepository(github: GitHub, platform: Platform): Promise<PresentRepository> {
  const { owner, name } = platform.repository;
  const present = await github.get<PresentRepository>(repositoryPath(platform));
  if (!present)
    throw new Failure(
      `there is no repository ${owner}/${name}, or the token can't see it. Correct \`repository\` in platform.config.ts, or give the token access.`,
    );
  if (present.default_branch !== MAIN)
    throw new Failure(
      `the default branch of ${owner}/${name} is ${present.default_branch}. Roles trust ${MAIN}: rename it (repository settings, General).`,
    );
  if (present.permissions && !present.permissions.admin)
    throw new Failure(`the token's owner is no admin of ${owner}/${name}. Ask one of its admins to run this.`);
  return present;
}

function teamIds(github: GitHub): TeamIds {
  const known = new Map<string, number>();
  return async (team) => {
    const [organisation = "", slug = ""] = team.split("/");
    const id = known.get(team) ?? (await github.get<{ id: number }>(`/orgs/${organisation}/teams/${slug}`))?.id;
    if (id === undefined)
      throw new Failure(
        `there is no GitHub team ${team}, or the token can't see it. Make it, or correct \`teams\` in platform.config.ts.`,
      );
    known.set(team, id);
    return id;
  };
}
