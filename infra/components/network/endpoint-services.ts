import type { Environment } from "@fairway/settings";

/**
 * Services with gateway endpoints. They cost nothing, so every network has them: image layers come from S3 past the NAT
 * gateway.
 */
export const GATEWAY_SERVICES = ["dynamodb", "s3"] as const;

/**
 * What workloads need of AWS to start and to log where no NAT gateway leads out: a Fargate task (Amazon ECS interface endpoints,
 * 2026-09; regions opened after 2023 need `ecs`, `ecs-agent` and `ecs-telemetry` too), and a cluster in Auto Mode with its nodes
 * and Pod Identity (Amazon EKS, private clusters, 2026-09). Images reach both by the gateway endpoint for S3.
 */
const NEEDED_WITHOUT_NAT = {
  ecs: ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"],
  kubernetes: ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticloadbalancing", "logs", "sts"],
} as const;

/**
 * The interface endpoints of a network, in alphabetical order.
 *
 * With a NAT gateway none is needed: each costs about $7.30 a zone and month (0.01 × 730 h) plus $0.01/GB, so five in three zones
 * ($109.50) cost as much as three NAT gateways. Without one, nothing could pull its image, so what the runtimes need is the default.
 *
 * @param wanted short service names such as `logs`; empty: what NAT mode and runtimes need
 * @throws when a list is given that lacks what the runtimes need in a network without NAT
 */
export function interfaceServices({ nat, runtimes }: Pick<Environment, "nat" | "runtimes">, wanted: string[]): string[] {
  const needed = nat === "none" ? runtimes.flatMap((runtime) => NEEDED_WITHOUT_NAT[runtime]) : [];
  const missing = wanted.length === 0 ? [] : needed.filter((service) => !wanted.includes(service));
  if (missing.length > 0) {
    throw new Error(
      `network without NAT and without endpoints for ${once(missing).join(", ")}: ${runtimes.join(" and ")} could not pull images ` +
        'or write logs. Add them to network:interfaceEndpoints, leave that empty, or set `nat` to "single" in platform.config.ts.',
    );
  }
  return once(wanted.length === 0 ? needed : wanted);
}

function once(services: string[]): string[] {
  return [...new Set(services)].sort();
}
