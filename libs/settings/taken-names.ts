import { type CiRole, githubEnvironment } from "./identities.ts";
import type { Problem } from "./problems.ts";
import { SHARED } from "./scope.ts";

/** Paths of IAM and names of roles that are not a team's: see identities.ts. */
const NO_TEAMS = ["ci", "preview", "publish"];

/** Most characters of a role's name (IAM user guide, "IAM and AWS STS quotas", 2026-09). */
const ROLE_NAME = 64;

/** Names of teams and environments that something else has already, or that would give two things one name. */
export function takenNames(platform: string, teams: string[], environments: string[]): Problem[] {
  return [
    ...teams.flatMap((team) => teamProblems(platform, team, environments)),
    ...environments.flatMap(environmentProblems),
    ...sharedGithubEnvironments(teams, environments),
  ];
}

function teamProblems(platform: string, team: string, environments: string[]): Problem[] {
  const wrong = (message: string): Problem[] => [{ path: `teams.${team}`, value: team, message }];
  if (NO_TEAMS.includes(team)) return wrong(`"${team}" is reserved for CI's own roles. Choose another name.`);
  const longest = Math.max(0, ...environments.map((name) => name.length));
  const room = ROLE_NAME - `${platform}--deploy-`.length - longest;
  if (team.length <= room) return [];
  return wrong(
    `${team.length} characters, where ${room} fit: roles are called ${platform}-ENVIRONMENT-deploy-TEAM, in at most ${ROLE_NAME}.`,
  );
}

function environmentProblems(name: string): Problem[] {
  const wrong = (message: string): Problem[] => [{ path: `environments.${name}`, value: name, message }];
  if (name === SHARED) return wrong(`"${SHARED}" is reserved for what all environments share. Choose another name.`);
  if (name === "ci") return wrong(`"ci" is the path of CI's own roles. Choose another name.`);
  if (/^preview(-|$)/.test(name))
    return wrong(`preview environments are called preview-…, so no other may be. Choose another name.`);
  return [];
}

/** A job's GitHub environment decides which role it may assume, so no two roles may have one. */
function sharedGithubEnvironments(teams: string[], environments: string[]): Problem[] {
  const roles = teams.filter((team) => team !== "platform").map((team): CiRole => `deploy-${team}`);
  const jobs = environments.flatMap((name, index) =>
    (["deploy-platform", ...roles, ...(index === 0 ? (["deploy-preview"] as const) : [])] as CiRole[]).map((role) => ({
      called: githubEnvironment({ name }, role),
      path:
        role === "deploy-platform" || role === "deploy-preview" ? `environments.${name}` : `teams.${role.replace("deploy-", "")}`,
      what: `${role} in ${name}`,
    })),
  );
  const publish = { called: githubEnvironment({ name: SHARED }, "publish"), path: "", what: `publish in ${SHARED}` };
  return [publish, ...jobs].flatMap(({ called, path, what }, index, all): Problem[] => {
    const first = all.slice(0, index).find((other) => other.called === called);
    if (!first) return [];
    const message = `${what} and ${first.what} would both be the GitHub environment "${called}", which decides who may do what. Choose another name.`;
    return [{ path, value: called, message }];
  });
}
