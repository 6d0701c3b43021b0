import { type Duration, type ServiceContract, seconds } from "@fairway/service";
import type { Place } from "../documents/policy.ts";
import type { PinnedImage } from "./image.ts";

/** Fargate waits at most this long, in seconds, between SIGTERM and SIGKILL (ECS task definition parameters, 2026-09). */
const LONGEST_STOP = 120;
/** Time a process gets after SIGTERM even when nothing is in flight, in seconds. */
const SHORTEST_STOP = 30;

/** The user of the official Node.js images, as a number: a name can't be checked to be other than root. */
const UNPRIVILEGED = "1000:1000";

/**
 * The service's container, as a task definition has it.
 *
 * Lists are in alphabetical order: another order would be another revision, and roll every task.
 *
 * @param logGroup name of the log group
 */
export function containerDefinition(contract: ServiceContract, image: PinnedImage, place: Place, logGroup: string) {
  const variables = { ...contract.environment, PORT: String(contract.http.port), VERSION: image.digest };
  return {
    name: contract.name,
    image: image.reference,
    essential: true,
    user: UNPRIVILEGED,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
    portMappings: [{ name: "http", containerPort: contract.http.port, protocol: "tcp", appProtocol: "http" }],
    environment: entries(variables).map(([name, value]) => ({ name, value })),
    secrets: entries(contract.secrets).map(([name, secret]) => ({ name, valueFrom: secretArn(place, secret) })),
    stopTimeout: stopTimeout(contract.http.drain),
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": logGroup,
        "awslogs-region": place.region,
        "awslogs-stream-prefix": contract.name,
        // A blocking driver would stop the service when CloudWatch does. What the buffer can't hold is lost, so it is not small.
        mode: "non-blocking",
        "max-buffer-size": "25m",
      },
    },
  };
}

/** Seconds between SIGTERM and SIGKILL: as long as the load balancer lets requests finish, within Fargate's bounds. */
export function stopTimeout(drain: Duration): number {
  return Math.min(LONGEST_STOP, Math.max(SHORTEST_STOP, Math.ceil(seconds(drain))));
}

/** A secret by its name. Secrets Manager takes an ARN without the six characters that it adds to the name. */
export function secretArn({ account, region }: Place, secret: string): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:${secret}`;
}

function entries(variables: Record<string, string>): [string, string][] {
  return Object.entries(variables).sort(([one], [other]) => (one < other ? -1 : 1));
}
