import { DescribeAddressesCommand, DescribeVpcsCommand, type Tag } from "@aws-sdk/client-ec2";
import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import { defaultTags, type Platform, type Scope } from "@fairway/settings";
import type { Failure } from "../../../failure.ts";
import type { AwsClients } from "../../aws/clients.ts";
import { asking, errorName, unlessNamed } from "../../aws/explain.ts";
import { type Check, type Finding, fine, note, wrong } from "../finding.ts";
import type { Needs } from "./needs.ts";

/** A limit of AWS that a new environment meets. */
interface Quota {
  what: string;
  /** As Service Quotas names it; undefined where it can't be asked there. */
  asked?: { service: string; code: string };
  /** What AWS documents, for those that can't be asked. */
  documented?: number;
  need: (needs: Needs) => number;
  /** How many there are that are not this environment's own; undefined: nobody counts them here. */
  others?: (clients: AwsClients, mine: Record<string, string>) => Promise<number>;
}

/**
 * Codes as several public tools use them and AWS's console shows them (looked up 2026-11). CloudWatch's alarms are no entry of Service
 * Quotas: 5,000 in a region (CloudWatch user guide, "CloudWatch service quotas").
 */
const QUOTAS: readonly Quota[] = [
  { what: "VPCs per region", asked: { service: "vpc", code: "L-F678F1CE" }, need: ({ vpcs }) => vpcs, others: otherVpcs },
  {
    what: "Elastic IP addresses",
    asked: { service: "ec2", code: "L-0263D0A3" },
    need: ({ addresses }) => addresses,
    others: otherAddresses,
  },
  { what: "Fargate vCPU", asked: { service: "fargate", code: "L-3032A538" }, need: ({ fargateCpu }) => fargateCpu },
  {
    // Standard families, counted in vCPU: A, C, D, H, I, M, R, T, Z.
    what: "EC2 vCPU for nodes (estimated)",
    asked: { service: "ec2", code: "L-1216C47A" },
    need: ({ instanceCpu }) => instanceCpu,
  },
  {
    what: "rules per load balancer",
    asked: { service: "elasticloadbalancing", code: "L-7EED9B64" },
    need: ({ rulesPerLoadBalancer }) => rulesPerLoadBalancer,
  },
  {
    what: "target groups per load balancer",
    asked: { service: "elasticloadbalancing", code: "L-822D1B1B" },
    need: ({ targetGroups }) => targetGroups,
  },
  { what: "CloudWatch alarms", documented: 5_000, need: ({ alarms }) => alarms },
];

/** From this share on it is said before it bites. */
const NEARLY = 0.8;

/** @param needsOf plans the environment, offline */
export function quotasCheck(clients: AwsClients, platform: Platform, scope: Scope, needsOf: () => Promise<Needs>): Check {
  const mine = defaultTags(platform, scope);
  return {
    name: "quotas",
    run: async () => {
      const needs = await needsOf();
      const met = QUOTAS.filter((quota) => quota.need(needs) > 0);
      const judged = await Promise.allSettled(met.map((quota) => judge(quota, quota.need(needs))));
      return [...judged.flatMap((each) => (each.status === "fulfilled" ? each.value : [])), ...unknown(met, judged)];
    },
  };

  async function judge(quota: Quota, need: number): Promise<Finding> {
    const limit = quota.asked ? await asked(quota.asked) : quota.documented;
    if (limit === undefined) return note("quotas", `${quota.what}: ${need} needed; AWS names no limit here`);
    const others = quota.others ? await quota.others(clients, mine) : undefined;
    const total = need + (others ?? 0);
    const source = quota.asked ? "" : ", as documented";
    const beside = others === undefined ? "" : `, ${others} of others`;
    const message = `${quota.what}: ${round(need)} needed${beside}, ${limit} allowed${source}`;
    if (total > limit) return wrong("quotas", message, quota.asked && raise(quota.asked, total));
    return total > NEARLY * limit
      ? note("quotas", `${message}: nearly used up`, quota.asked && raise(quota.asked, total * 2))
      : fine("quotas", message);
  }

  /** One finding for all that could not be asked for the same reason. */
  function unknown(met: readonly Quota[], judged: readonly PromiseSettledResult<Finding>[]): Finding[] {
    const reasons = new Map<string, { whats: string[]; first: Failure }>();
    judged.forEach((each, index) => {
      if (each.status === "fulfilled") return;
      const failure = each.reason as Failure;
      const name = errorName(failure.cause);
      const known = reasons.get(name) ?? { whats: [], first: failure };
      reasons.set(name, { ...known, whats: [...known.whats, met[index]?.what ?? ""] });
    });
    return [...reasons.values()].map(({ whats, first }) => {
      const [message = "", ...advice] = first.message.split("\n");
      return note("quotas", `not looked at: ${whats.join(", ")} (${message})`, advice.join(" ").trim());
    });
  }

  /** What the account may have; where nobody ever changed it AWS answers only for its default. */
  async function asked({ service: ServiceCode, code: QuotaCode }: NonNullable<Quota["asked"]>): Promise<number | undefined> {
    const on = `${ServiceCode} ${QuotaCode}`;
    const own = await asking({ action: "servicequotas:GetServiceQuota", on }, () =>
      unlessNamed(["NoSuchResourceException"], () => clients.quotas.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }))),
    );
    if (own?.Quota?.Value !== undefined) return own.Quota.Value;
    const general = await asking({ action: "servicequotas:GetAWSDefaultServiceQuota", on }, () =>
      unlessNamed(["NoSuchResourceException"], () =>
        clients.quotas.send(new GetAWSDefaultServiceQuotaCommand({ ServiceCode, QuotaCode })),
      ),
    );
    return general?.Quota?.Value;
  }

  function raise({ service, code }: NonNullable<Quota["asked"]>, desired: number): string {
    return (
      `aws service-quotas request-service-quota-increase --region ${scope.region} --service-code ${service} ` +
      `--quota-code ${code} --desired-value ${Math.ceil(desired)} (hours to days)`
    );
  }
}

async function otherVpcs({ ec2 }: AwsClients, mine: Record<string, string>): Promise<number> {
  // A region holds few VPCs: its quota is 5 by default, a page 1,000.
  const { Vpcs = [] } = await asking({ action: "ec2:DescribeVpcs", on: "the region" }, () =>
    ec2.send(new DescribeVpcsCommand({})),
  );
  return Vpcs.filter(({ Tags }) => !carries(Tags, mine)).length;
}

async function otherAddresses({ ec2 }: AwsClients, mine: Record<string, string>): Promise<number> {
  const { Addresses = [] } = await asking({ action: "ec2:DescribeAddresses", on: "the region" }, () =>
    ec2.send(new DescribeAddressesCommand({})),
  );
  return Addresses.filter(({ Tags }) => !carries(Tags, mine)).length;
}

/** Whether something has all of the default tags of an environment, so is its own. */
function carries(tags: readonly Tag[] | undefined, mine: Record<string, string>): boolean {
  return Object.entries(mine).every(([key, value]) => tags?.some(({ Key, Value }) => Key === key && Value === value));
}

const round = (value: number) => Math.round(value * 100) / 100;
