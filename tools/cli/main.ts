import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { SettingsError } from "@fairway/settings";
import { EXIT, Failure } from "./failure.ts";

const list = (value: string, previous: string[]) => [...previous, value];

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Give a whole number, for example 20.");
  return Number(text);
}

/** What `rehearse` and `start` take. */
function rehearsing(command: Command): Command {
  return command
    .description("bring environments up on this machine (all when none is named) and keep them running until Ctrl-C")
    .option("--allow <name>", "allow one guarded change, PROJECT::[TYPE::]NAME (repeatable)", list, [])
    .option("--yes", "allow every guarded change", false)
    .option("--port <environment=port>", "loopback port of an environment's load balancer (repeatable)", list, [])
    .option("--json", "print the result as JSON", false)
    .addHelpText("after", "\nExample:\n  $ npx fairway rehearse staging production --port production=9080\n");
}

/** What the commands take that set something up outside of this machine. */
function settingUp(command: Command): Command {
  return command
    .option("--yes", "don't ask", false)
    .option("--dry-run", "only show what would be made", false)
    .option("--json", "print the result as JSON", false);
}

/** Commands load their code when they run, so that `--help` answers at once. */
function fairway(): Command {
  const program = new Command("fairway")
    .description(
      "Rehearse, plan and operate this platform. Only `init` and `doctor --env` reach a cloud; `pulumi up` changes it.",
    )
    .exitOverride()
    .showHelpAfterError("(run with --help for the arguments and an example)");

  // `npm start`: what a newcomer wants to see, not every environment.
  rehearsing(program.command("start [environments...]", { hidden: true })).action(async (names, options) =>
    (await import("./commands/rehearse.ts")).rehearse(names, { ...options, newest: 2 }),
  );

  rehearsing(program.command("rehearse [environments...]")).action(async (names, options) =>
    (await import("./commands/rehearse.ts")).rehearse(names, options),
  );

  program
    .command("down [environments...]")
    .description("delete rehearsed environments, their processes and their states")
    .option("--allow <name>", "allow one guarded deletion, PROJECT::[TYPE::]NAME (repeatable)", list, [])
    .option("--yes", "delete guarded resources too", false)
    .option("--json", "print the result as JSON", false)
    .addHelpText("after", "\nExample:\n  $ npx fairway down staging --yes\n")
    .action(async (names, options) => (await import("./commands/down.ts")).down(names, options));

  program
    .command("plan")
    .description("show what the programs declare, or what changes against another Git revision; changes nothing")
    .option("--env <name>", "only this environment (repeatable)", list, [])
    .option("--project <name>", "report only this project (repeatable)", list, [])
    .option("--base <revision>", "compare with a branch, tag or commit")
    .option("--allow <name>", "allow one guarded change, PROJECT::[TYPE::]NAME (repeatable)", list, [])
    .option("--waive <urn>", "accept what an update does beyond its preview for these URNs, * matches (repeatable)", list, [])
    .option("--no-strict", "report what an update does beyond its preview without failing")
    .option("--full", "list every resource", false)
    .option(
      "--graph <file>",
      "draw the resources of the (last) environment into FILE.svg or FILE.mmd (Mermaid); --full draws each",
    )
    .addOption(
      new Option("--format <format>", "text, or markdown for a comment on a pull request")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .option("--pull-request", "judge a pull request: expired and needless waivers of policies are refused too", false)
    .option("--json", "print the plan as JSON, the same bytes for the same commit", false)
    .addHelpText(
      "after",
      "\nExamples:\n  $ npx fairway plan --env production\n  $ npx fairway plan --base main --allow network::main\n  $ npx fairway plan --env production --graph production.svg\n\nExit code 3: refused, for a guarded change or a policy.\n",
    )
    .action(async (options) => (await import("./commands/plan.ts")).plan(options));

  program
    .command("status")
    .description("show what runs in the rehearsal of this checkout")
    .option("--json", "print as JSON", false)
    .addHelpText("after", "\nExample:\n  $ npx fairway status --json\n")
    .action(async (options) => (await import("./commands/status.ts")).status(options));

  program
    .command("logs <service>")
    .description("print what a service's processes wrote")
    .option("--env <name>", "environment (the last one when not named)")
    .option("--tail <lines>", "how many lines to start with", wholeNumber, 100)
    .option("-f, --follow", "keep printing until Ctrl-C", false)
    .option("--json", "print each line as JSON", false)
    .addHelpText("after", "\nExample:\n  $ npx fairway logs catalog --env staging --follow\n")
    .action(async (service, options) => (await import("./commands/logs.ts")).logs(service, options));

  program
    .command("config")
    .description("write what Pulumi needs of platform.config.ts into every Pulumi.<env>.yaml, keeping everything else")
    .option("--check", "only compare; exit 1 when they disagree", false)
    .option("--json", "print as JSON", false)
    .addHelpText("after", "\nExample:\n  $ npx fairway config --check\n")
    .action(async (options) => (await import("./commands/config.ts")).config(options));

  const init = program.command("init").description("set up what an environment stands on before its first `pulumi up`");

  settingUp(init.command("backend"))
    .description("make the bucket and the key of an environment's Pulumi states in its AWS account; again: mend them")
    .requiredOption("--env <name>", "environment, or shared")
    .addHelpText(
      "after",
      "\nExample:\n  $ npx fairway init backend --env dev --dry-run\n\nUses your AWS credentials. Exit code 3: they are of another account.\n",
    )
    .action(async (options) => (await import("./commands/init.ts")).initBackend(options));

  settingUp(init.command("github"))
    .description("limit deployments to main, ask for approvals and reviews on GitHub, write .github/CODEOWNERS; again: mend them")
    .option("--env <name>", "only the GitHub environments of this environment, or of shared (repeatable)", list, [])
    .option("--check <name>", "a status check that a pull request must pass (repeatable)", list, [])
    .addHelpText(
      "after",
      "\nExample:\n  $ npx fairway init github --dry-run --check test\n\nUses GITHUB_TOKEN, GH_TOKEN or `gh auth token`; GITHUB_API_URL for another server.\n",
    )
    .action(async (options) => (await import("./commands/init.ts")).initGitHub(options));

  program
    .command("doctor")
    .description("check this machine and checkout, and say how to mend what is wrong")
    .option("--env <name>", "check an environment's cloud and GitHub too, with your credentials; changes nothing")
    .option("--json", "print as JSON", false)
    .addHelpText("after", "\nExamples:\n  $ npx fairway doctor\n  $ npx fairway doctor --env dev\n")
    .action(async (options) => (await import("./commands/doctor.ts")).doctor(options));

  return program;
}

// Whoever read may be gone (`| head`, a closed terminal). A rehearsal ends in order all the same, and leaves no process behind.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

try {
  await fairway().parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof Failure) {
    console.error(error.message);
    return error.exitCode;
  }
  if (error instanceof SettingsError) {
    console.error(error.message);
    return EXIT.failed;
  }
  console.error(
    error instanceof Error && process.env.FAIRWAY_DEBUG
      ? error.stack
      : `fairway: ${(error as Error).message ?? error}\n(FAIRWAY_DEBUG=1 shows where)`,
  );
  return EXIT.failed;
}
