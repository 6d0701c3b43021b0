import { cidrOverlaps, parseCidr } from "./cidr.ts";
import { type Problem, SettingsError } from "./problems.ts";
import { type PlatformInput, platformSchema } from "./schema.ts";
import type { Platform, ProvidedNetwork } from "./types.ts";

/** A stack of that name holds what all environments share (the registry), so no environment may have it. */
const SHARED = "shared";

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
 * A network that exists already, in place of our own stack.
 *
 * @example
 * network: provided({ vpcId: "vpc-0a1b2c3d4e5f67890", cidr: "10.9.0.0/16", publicSubnetIds: […], … })
 */
export function provided(network: Omit<ProvidedNetwork, "kind">): ProvidedNetwork {
  return { kind: "provided", ...network };
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
      // Only one member of our unions is an object: its problems are the ones worth reading.
      const inner = issue.errors?.find((branch) => branch.some((at) => at.path.length > 0));
      if (inner)
        return schemaProblems(
          inner.map((at) => ({ ...at, path: [...issue.path, ...at.path] })),
          input,
        );
      return [
        {
          path: path.join("."),
          value: valueAt(input, path),
          message: '"own", or a network that exists: provided({ vpcId, … }).',
        },
      ];
    }
    return [{ path: path.join(".") || "(all)", value: valueAt(input, path), message: issue.message }];
  });
}

/** Rules between settings. They read the raw input, so that they speak even when something else is wrong. */
function crossProblems(input: PlatformInput): Problem[] {
  const environments = Object.entries(isRecord(input?.environments) ? input.environments : {}).filter(([, each]) =>
    isRecord(each),
  );
  return [
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
  if (name === SHARED) {
    problems.push({
      path: `environments.${name}`,
      value: name,
      message: `"${SHARED}" is reserved for what all environments share. Choose another name.`,
    });
  }

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

  const [, , , region, account] = environment.edge?.certificateArn?.split?.(":") ?? [];
  const wrongCertificate = (message: string) =>
    problems.push({ path: at("edge.certificateArn"), value: environment.edge.certificateArn, message });
  if (region && region !== environment.region) {
    wrongCertificate(`is in ${region}. A load balancer takes certificates of its own region, ${environment.region}.`);
  }
  // An account that is none has its own problem.
  if (account && /^\d{12}$/.test(String(environment.account)) && account !== environment.account) {
    wrongCertificate(`is of account ${account}. A load balancer takes certificates of its own account, ${environment.account}.`);
  }
  return problems;
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
