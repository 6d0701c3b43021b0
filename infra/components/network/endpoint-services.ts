import type { Environment } from "@fairway/settings";

/**
 * Services with gateway endpoints. They cost nothing, so every network has them: image layers come from S3 past the NAT
 * gateway.
 */
export const GATEWAY_SERVICES = ["dynamodb", "s3"] as const;

/**
 * What a Fargate task needs of AWS to start and to log where no NAT gateway leads out (Amazon ECS interface endpoints,
 * 2026-09).
 */
const NEEDED_WITHOUT_NAT = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"] as const;

/**
 * The interface endpoints of a network, in alphabetical order.
 *
 * With a NAT gateway none is needed: each costs about $7.30 a zone and month (0.01 × 730 h) plus $0.01/GB, so four in three zones
 * ($87.60) cost more than two NAT gateways ($65.70). Without one, tasks could not pull their images, so these are the default.
 *
 * @param wanted short service names such as `logs`; empty: what the NAT mode needs
 * @throws when a list is given that lacks what tasks need in a network without NAT
 */
export function interfaceServices(nat: Environment["nat"], wanted: string[]): string[] {
  if (wanted.length === 0) return nat === "none" ? [...NEEDED_WITHOUT_NAT] : [];
  const missing = nat === "none" ? NEEDED_WITHOUT_NAT.filter((service) => !wanted.includes(service)) : [];
  if (missing.length > 0) {
    throw new Error(
      `network without NAT and without endpoints for ${missing.join(", ")}: Fargate tasks could not pull images or write logs. ` +
        `Add them to network:interfaceEndpoints, leave that empty, or set \`nat\` to "single" in platform.config.ts.`,
    );
  }
  return [...new Set(wanted)].sort();
}
