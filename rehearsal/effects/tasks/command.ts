import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type SecretValues, secretValue } from "../world/secrets.ts";
import type { Container, Service, TaskDefinition } from "../world/services.ts";

/** What to start for a task. */
export interface Launch {
  folder: string;
  file: string;
  args: string[];
  /** The whole environment: nothing comes from the process that starts it. Holds secrets. */
  environment: Record<string, string>;
  stopTimeout: number;
}

/** A task that can't be started, in ECS's words where it has some. */
export class CannotStart extends Error {}

const preload = fileURLToPath(new URL("./preload.mjs", import.meta.url));

/** The one container of a task that is rehearsed: the load balancer's, else the first essential one. Sidecars are not run. */
export function rehearsedContainer(definition: TaskDefinition, service: Pick<Service, "loadBalancers">): Container {
  const named = service.loadBalancers[0]?.containerName;
  const found =
    definition.containers.find((container) => container.name === named) ??
    definition.containers.find((container) => container.essential);
  if (!found) throw new CannotStart(`${definition.arn} has no essential container`);
  return found;
}

/** `sha256:…` of an image given by digest. */
export function digestOf(image: string): string | undefined {
  return /@(sha256:[0-9a-f]+)$/.exec(image)?.[1];
}

/**
 * How to run a container's bundle on this machine: its command with our Node, in the bundle's folder, with its environment and
 * secrets, on loopback and a port of its own.
 *
 * @throws CannotStart when the image has no bundle here, or a secret no value.
 */
export function launchOf(
  container: Container,
  port: number,
  with_: { bundle: (digest: string) => string | undefined; node: string; secrets: SecretValues },
): Launch {
  const digest = digestOf(container.image);
  const folder = digest === undefined ? undefined : with_.bundle(digest);
  if (digest === undefined) {
    throw new CannotStart(
      `CannotPullContainerError: image ${container.image} has no digest. A rehearsal runs images given as NAME@sha256:….`,
    );
  }
  if (folder === undefined || !existsSync(folder)) {
    throw new CannotStart(
      `CannotPullContainerError: ${container.image} was never built on this machine. Build the service first.`,
    );
  }
  const [program = "node", ...rest] = container.command.length > 0 ? container.command : ["node", "main.mjs"];
  const args = rest.map((argument) => relativeTo(container.workingDirectory, argument));
  const isNode = program === "node" || program.endsWith("/node");
  return {
    folder,
    file: isNode ? with_.node : program,
    args: isNode ? ["--import", preload, ...args] : args,
    environment: {
      PATH: `${dirname(with_.node)}:/usr/local/bin:/usr/bin:/bin`,
      ...container.environment,
      ...secretsOf(container, with_.secrets),
      HOST: "127.0.0.1",
      PORT: String(port),
    },
    stopTimeout: container.stopTimeout,
  };
}

function secretsOf(container: Container, values: SecretValues): Record<string, string> {
  const entries = Object.entries(container.secrets).map(([name, reference]) => {
    const value = secretValue(reference, values);
    if (value === undefined) {
      throw new CannotStart(
        `ResourceInitializationError: unable to pull secret ${name}: ${reference} has no value in this rehearsal. ` +
          `Give it one in the program (aws.secretsmanager.SecretVersion or aws.ssm.Parameter).`,
      );
    }
    return [name, value];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/** `/app/main.mjs` of a container that works in `/app` is `main.mjs` of the bundle. */
function relativeTo(workingDirectory: string, argument: string): string {
  const prefix = workingDirectory === "" ? undefined : `${workingDirectory.replace(/\/$/, "")}/`;
  return prefix !== undefined && argument.startsWith(prefix) ? argument.slice(prefix.length) : argument;
}
