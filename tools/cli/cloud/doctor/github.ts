import { lookAt } from "../steps.ts";
import { githubSteps, type GitHubSetUp, type PresentRepository, repositoryPath, requireRepository } from "../github/steps.ts";
import { NO_TOKEN } from "../github/token.ts";
import { type Check, type Finding, fine, note, wrong } from "./finding.ts";

/** What no AWS policy can see: which branches reach a GitHub environment, who reviews, who approves. */
const ONLY_GITHUB =
  "that only main reaches the environments which deploy roles trust, and that main changes only by reviewed pull requests";

/** @param open undefined when there is no token */
export function githubCheck(open: () => Promise<GitHubSetUp | undefined>): Check {
  return { name: "github", run };

  async function run(): Promise<Finding[]> {
    const set = await open();
    if (!set) return [note("github", `not looked at: ${NO_TOKEN} Only GitHub enforces ${ONLY_GITHUB}.`)];
    const repository = await requireRepository(set.github, set.platform);
    return [...(await settings(set)), ...ids(set, repository), ...(await subject(set)), ...(await owners(set))];
  }

  async function settings(set: GitHubSetUp): Promise<Finding[]> {
    const looked = await lookAt(githubSteps(set));
    const fix = `npx fairway init github${set.environments.map((name) => ` --env ${name}`).join("")}`;
    const bad = looked.flatMap(({ name, standing }) => {
      if (standing.is === "right") return [];
      return [wrong("github", standing.is === "missing" ? `${name} is missing` : `${name}: ${standing.how}`, fix)];
    });
    return bad.length > 0
      ? bad
      : [fine("github", `${looked.length - 2} environments take only main; main and CODEOWNERS are guarded`)];
  }

  /** Repositories made since 2026-07-15 carry numeric ids in their tokens' subject. Roles that do not name them refuse those. */
  function ids({ platform }: GitHubSetUp, { id, owner }: PresentRepository): Finding[] {
    const { ownerId, repositoryId } = platform.repository;
    const fix = `Set repository.ownerId to ${owner.id} and repository.repositoryId to ${id} in platform.config.ts, then \`pulumi up\` in account.`;
    if (ownerId === undefined || repositoryId === undefined)
      return [note("github", "settings lack the repository's numeric ids, which newer repositories' tokens carry", fix)];
    if (ownerId === owner.id && repositoryId === id)
      return [fine("github", `repository id ${id}, owner id ${owner.id}, as in settings`)];
    return [
      wrong("github", `the repository's ids are ${owner.id} and ${id}, and settings say ${ownerId} and ${repositoryId}`, fix),
    ];
  }

  async function subject({ github, platform }: GitHubSetUp): Promise<Finding[]> {
    const path = `${repositoryPath(platform)}/actions/oidc/customization/sub`;
    const found = await github.get<{ use_default: boolean; include_claim_keys?: string[] }>(path);
    if (!found || found.use_default) return [];
    const claims = found.include_claim_keys?.join(", ");
    const fix = `gh api -X PUT ${path} -F use_default=true`;
    return [wrong("github", `the subject of OIDC tokens is customised (${claims}): no role will trust it`, fix)];
  }

  async function owners({ github, platform }: GitHubSetUp): Promise<Finding[]> {
    const found = await github.get<{ errors: { line: number; message: string }[] }>(
      `${repositoryPath(platform)}/codeowners/errors`,
    );
    return (found?.errors ?? []).map(({ line, message }) =>
      wrong(
        "github",
        `CODEOWNERS on main, line ${line}: ${message.split("\n")[0]}`,
        "Give the team write access to the repository, or correct the owner.",
      ),
    );
  }
}
