import { type Clock, systemClock } from "@fairway/clock";
import { type Platform, type Scope, scopeOf, stateBackend, stateBucket, stateKeyAlias } from "@fairway/settings";
import { type AwsClients, awsClients } from "../cloud/aws/clients.ts";
import { requireAccount } from "../cloud/aws/identity.ts";
import { backendSteps } from "../cloud/backend/steps.ts";
import { type Confirm, confirmAtTerminal } from "../cloud/confirm.ts";
import { createGitHub } from "../cloud/github/api.ts";
import { CODE_OWNERS, ownedServices } from "../cloud/github/code-owners.ts";
import { githubSteps, type GitHubSetUp, requireRepository } from "../cloud/github/steps.ts";
import { githubApiUrl, githubToken, NO_TOKEN } from "../cloud/github/token.ts";
import { MAIN } from "../cloud/github/wanted.ts";
import { type Output, setUp, type SetUpOptions, TERMINAL } from "../cloud/set-up.ts";
import { Failure } from "../failure.ts";
import { chooseScopes, loadPlatform, ROOT } from "../workspace/checkout.ts";

/** What `fairway init` reaches outside of this process. Tests give others. */
export interface Outside {
  clients: (scope: Scope) => AwsClients;
  confirm: Confirm;
  output: Output;
  clock: Pick<Clock, "wait">;
}

const OUTSIDE: Outside = { clients: awsClients, confirm: confirmAtTerminal, output: TERMINAL, clock: systemClock };

/** `fairway init backend`: the bucket and the key of a scope's states. Nothing else makes them, and running it again changes nothing. */
export async function initBackend(options: SetUpOptions & { env: string }, outside: Outside = OUTSIDE): Promise<void> {
  const platform = await loadPlatform();
  const [name = options.env] = chooseScopes(platform, [options.env]);
  await setUpBackend(platform, scopeOf(platform, name), options, outside);
}

export interface InitGitHubOptions extends SetUpOptions {
  /** Environments or "shared"; all when there are none. */
  env: string[];
  /** Status checks that a pull request must pass. */
  check: string[];
}

/** `fairway init github`: what only GitHub enforces of the rule that nothing but main deploys. */
export async function initGitHub(options: InitGitHubOptions): Promise<void> {
  const platform = await loadPlatform();
  chooseScopes(platform, options.env);
  const token = await githubToken();
  if (!token) throw new Failure(NO_TOKEN);
  const github = createGitHub({ baseUrl: githubApiUrl(), token });
  const set = {
    github,
    platform,
    environments: options.env,
    checks: options.check,
    root: ROOT,
    services: await ownedServices(ROOT),
  };
  await setUpGitHub(set, options, OUTSIDE);
}

export async function setUpGitHub(
  set: GitHubSetUp,
  options: SetUpOptions,
  outside: Pick<Outside, "confirm" | "output">,
): Promise<void> {
  await requireRepository(set.github, set.platform);
  const { owner, name } = set.platform.repository;
  const result = await setUp(`GitHub repository ${owner}/${name}`, githubSteps(set), options, outside);
  const next = [
    `Merge ${CODE_OWNERS}: it counts once it is on ${MAIN}.`,
    ...(set.checks.length > 0 ? [] : ["No status check is required to merge. Name those of your workflows: --check NAME."]),
  ];
  const { print } = outside.output;
  if (options.json) print(JSON.stringify({ repository: `${owner}/${name}`, ...result, next }, null, 2));
  else if (options.dryRun) print("Nothing was changed. Without --dry-run the above is made, after a question.");
  else print(`${result.changed ? "Ready." : "Nothing to change."}\n\n${next.map((line) => `  ${line}`).join("\n")}`);
}

export async function setUpBackend(platform: Platform, scope: Scope, options: SetUpOptions, outside: Outside): Promise<void> {
  const clients = outside.clients(scope);
  const caller = await requireAccount(clients, scope);
  const where = `State backend of "${scope.name}": account ${scope.account}, ${scope.region}, as ${caller.arn}`;
  const result = await setUp(where, backendSteps(clients, platform, scope, outside.clock), options, outside);
  const next = nextCommands(platform, scope);
  const { print } = outside.output;
  if (options.json) {
    const bucket = stateBucket(platform, scope);
    const keyAlias = stateKeyAlias(platform, scope);
    print(
      JSON.stringify(
        { scope: scope.name, account: scope.account, region: scope.region, bucket, keyAlias, ...result, next },
        null,
        2,
      ),
    );
  } else if (options.dryRun) {
    print("Nothing was changed. Without --dry-run the above is made, after a question.");
  } else {
    print(
      `${result.changed ? "Ready." : "Nothing to change."} What comes next (docs/aws.md):\n\n${next.map((line) => `  ${line}`).join("\n")}`,
    );
  }
}

/** The account's stack comes first: it makes the roles that everything after it is deployed with. */
function nextCommands(platform: Platform, scope: Scope): string[] {
  const secrets = `--secrets-provider 'awskms://${stateKeyAlias(platform, scope)}?region=${scope.region}'`;
  return [
    `npx fairway doctor --env ${scope.name}`,
    `pulumi login '${stateBackend(platform, scope)}'`,
    `cd infra/stacks/account`,
    `pulumi stack init ${scope.name} ${secrets}`,
    `pulumi up --stack ${scope.name}`,
  ];
}
