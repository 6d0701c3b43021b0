import { cidrOverlaps, parseCidr } from "./cidr.ts";
import { type Problem, SettingsError } from "./problems.ts";
import { type PlatformInput, platformSchema } from "./schema.ts";
import { takenNames } from "./taken-names.ts";
import type { Platform } from "./types.ts";

/**
 * Checks a platform's settings and fills in the defaults.
 *
 * @throws SettingsError with every setting that can't be used, not only the first.
 * @example
 * export default definePlatform({ name: "acme", domain: "acme.example", environments: { … }, … });
 */
export function definePlatform(input: PlatformInput): Platform {
  const parsed = platformSchema.safeParse(input);
  const problems = [...(parsed.success ? [] : schemaProblems(parsed.error.issues, input)), ...crossProblems(input)];
  if (problems.length > 0 || !parsed.success) throw new SettingsError(problems);
  const { environments, ...rest } = parsed.data;
  return {
    ...rest,
    environments: Object.fromEntries(Object.entries(environments).map(([name, environment]) => [name, { name, ...environment }])),
  };
}

/**
 * What exists already, in place of our own stack: a network, a zone with its certificate, load balancers, a cluster.
 *
 * @example
 * network: provided({ vpcId: "vpc-0a1b2c3d4e5f67890", cidr: "10.9.0.0/16", publicSubnetIds: […], … })
 */
export function provided<Given extends object>(given: Given): Given & { kind: "provided" } {
  return { kind: "provided", ...given };
}

type Issue = {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
  readonly issues?: readonly Issue[];
};

function schemaProblems(issues: readonly Issue[], input: unknown): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return (issue.keys ?? []).map((key) => {
        const at = [...path, key];
        return { path: at.join("."), value: valueAt(input, at), message: "is no setting. Remove it, or check its spelling." };
      });
    }
    if (issue.code === "invalid_key") {
      const message = issue.issues?.map((inner) => inner.message).join(" ") ?? issue.message;
      return [{ path: path.join("."), value: path.at(-1), message }];
    }
    if (issue.code === "invalid_union") {
      return unionProblems(issue, input);
    }
    return [{ path: path.join(".") || "(all)", value: valueAt(input, path), message: issue.message }];
  });
}

/** A union is our own form of a thing or a provided one: the value says which was meant, and that one's problems are worth reading. */
function unionProblems(issue: Issue, input: unknown): Problem[] {
  const path = issue.path.map(String);
  const value = valueAt(input, path);
  const [own = [], given = own] = issue.errors ?? [];
  const meant = isRecord(value) ? (value.kind === "provided" ? given : own) : [];
  if (meant.length === 0)
    return [
      { path: path.join("."), value, message: "our own (leave it out for the defaults), or what exists: provided({ … })." },
    ];
  return schemaProblems(
    meant.map((at) => ({ ...at, path: [...issue.path, ...at.path] })),
    input,
  );
}

/** Rules between settings. They read the raw input, so that they speak even when something else is wrong. */
function crossProblems(input: PlatformInput): Problem[] {
  const environments = Object.entries(isRecord(input?.environments) ? input.environments : {}).filter(([, each]) =>
    isRecord(each),
  );
  const teams = Object.keys(isRecord(input?.teams) ? input.teams : {});
  const names = environments.map(([name]) => name);
  return [
    ...takenNames(String(input?.name), teams, names),
    ...countProblems(environments.length),
    ...environments.flatMap((one, index) => environmentProblems(one, environments.slice(0, index))),
  ];
}

type NamedEnvironment = [name: string, environment: PlatformInput["environments"][string]];

function countProblems(count: number): Problem[] {
  if (count >= 2 && count <= 4) return [];
  return [{ path: "environments", value: count, message: "a platform has two, three or four environments, in promotion order." }];
}

function environmentProblems([name, environment]: NamedEnvironment, earlier: NamedEnvironment[]): Problem[] {
  const problems: Problem[] = [];
  const at = (key: string) => `environments.${name}.${key}`;
  const range = parseCidr(String(environment.cidr));
  for (const [other, { cidr }] of earlier) {
    const otherRange = parseCidr(String(cidr));
    if (range && otherRange && cidrOverlaps(range, otherRange)) {
      problems.push({
        path: at("cidr"),
        value: environment.cidr,
        message:
          `overlaps environments.${other}.cidr ${JSON.stringify(cidr)}. ` +
          `Give each environment a range of its own, for example ${freeRange([...earlier, [name, environment]])}.`,
      });
      break;
    }
  }

  const zones = Array.isArray(environment.zones) ? environment.zones : [];
  const elsewhere = zones.filter((zone) => typeof zone === "string" && !zone.startsWith(String(environment.region)));
  if (elsewhere.length > 0) {
    problems.push({ path: at("zones"), value: elsewhere, message: `must be zones of ${environment.region}.` });
  }
  if (new Set(zones).size < zones.length) {
    problems.push({ path: at("zones"), value: zones, message: "names a zone twice." });
  }

  return [...problems, ...arnProblems(name, environment)];
}

/** What is provided must be where the environment is. */
function arnProblems(name: string, environment: NamedEnvironment[1]): Problem[] {
  const dns: object = environment.dns ?? {};
  const edge: object = environment.edge ?? {};
  const kubernetes: object = environment.kubernetes ?? {};
  const arns: [path: string, arn: unknown, what: string][] = [
    ["dns.certificateArn", valueAt(dns, ["certificateArn"]), "A load balancer takes certificates"],
    ["edge.public.arn", valueAt(edge, ["public", "arn"]), "Services register with load balancers"],
    ["edge.internal.arn", valueAt(edge, ["internal", "arn"]), "Services register with load balancers"],
    ["kubernetes.clusterArn", valueAt(kubernetes, ["clusterArn"]), "Services run on a cluster"],
  ];
  return arns.flatMap(([at, arn, what]): Problem[] => {
    const [, , , region, account] = typeof arn === "string" ? arn.split(":") : [];
    const wrong = (message: string): Problem => ({ path: `environments.${name}.${at}`, value: arn, message });
    const problems: Problem[] = [];
    if (region && region !== environment.region)
      problems.push(wrong(`is in ${region}. ${what} of its own region, ${environment.region}.`));
    // An account that is none has its own problem.
    if (account && /^\d{12}$/.test(String(environment.account)) && account !== environment.account)
      problems.push(wrong(`is of account ${account}. ${what} of its own account, ${environment.account}.`));
    return problems;
  });
}

/** A /16 of 10.0.0.0/8 that none of the environments uses. */
function freeRange(environments: NamedEnvironment[]): string {
  const taken = environments.flatMap(([, { cidr }]) => parseCidr(String(cidr)) ?? []);
  for (let second = 10; second < 256; second += 10) {
    const candidate = `10.${second}.0.0/16`;
    const range = parseCidr(candidate);
    if (range && taken.every((one) => !cidrOverlaps(one, range))) return candidate;
  }
  return "172.16.0.0/16";
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isRecord(value) || Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined),
    input,
  );
}

function isRecord(value: unknown): value is Record<string, never> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
