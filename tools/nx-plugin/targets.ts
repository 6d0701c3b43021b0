import type { TargetConfiguration } from "@nx/devkit";

type Targets = Record<string, TargetConfiguration>;

/** The commands of Pulumi that touch a cloud. None has a default environment, and none is ever answered from a cache. */
const CLOUD_COMMANDS = ["preview", "up", "refresh", "destroy"] as const;

/** The environment of a stack's configuration file, for example "staging" of "Pulumi.staging.yaml". */
export function environmentOf(file: string): string | undefined {
  return /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1];
}

/**
 * Targets of a folder with a `Pulumi.yaml`.
 *
 * @param environments one for each `Pulumi.<env>.yaml` beside it
 */
export function pulumiTargets(project: string, root: string, environments: readonly string[]): Targets {
  const cloud = (command: string): TargetConfiguration => ({
    executor: "nx:run-commands",
    cache: false,
    // Nx runs a target's base when it does not know the configuration, so the base refuses: a mistyped environment deploys nothing.
    options: {
      command: `node tools/nx-plugin/refuse.mjs ${[command, project, ...environments].join(" ")}`,
      forwardAllArgs: false,
    },
    configurations: each(environments, (env) => ({
      command: `pulumi ${command.replace("-all", "")} --stack ${env}`,
      cwd: root,
      forwardAllArgs: true,
    })),
  });
  return {
    plan: {
      executor: "nx:run-commands",
      cache: true,
      inputs: ["sources", "^sources", "planner", "toolchain"],
      options: { command: `fairway plan --project ${project}` },
      configurations: each(environments, (env) => ({ command: `fairway plan --project ${project} --env ${env}` })),
      metadata: { description: "What this commit's program declares, offline. All environments, or one with -c" },
    },
    ...Object.fromEntries(CLOUD_COMMANDS.map((command) => [command, cloud(command)])),
    "up-all": { ...cloud("up-all"), dependsOn: ["^up-all"] },
  };
}

/** Targets of a folder with a `service.ts`. */
export function serviceTargets(root: string): Targets {
  return {
    build: {
      executor: "nx:run-commands",
      cache: true,
      inputs: ["sources", "^sources", "toolchain", "{workspaceRoot}/tools/bundle/**/*"],
      outputs: ["{projectRoot}/dist"],
      options: { command: `node tools/bundle/main.ts ${root}` },
    },
    integration: tests("integration", root),
  };
}

/** `test`, which every project has. */
export function testTargets(root: string): Targets {
  return { test: tests("unit", root) };
}

function tests(kind: "unit" | "integration", root: string): TargetConfiguration {
  return {
    executor: "nx:run-commands",
    cache: true,
    inputs: ["{projectRoot}/**/*", "^sources", "toolchain", "{workspaceRoot}/vitest.config.ts"],
    options: { command: `vitest run --project ${kind} --passWithNoTests --dir ${root}` },
  };
}

function each<T>(environments: readonly string[], configuration: (environment: string) => T): Record<string, T> {
  return Object.fromEntries(environments.map((environment) => [environment, configuration(environment)]));
}
