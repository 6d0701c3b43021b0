import { assertFits, type PolicyDocument } from "@fairway/iam";
import { type CiRole, ciRole, githubEnvironment, type Platform, roleDefaults, type Scope, SHARED } from "@fairway/settings";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { sortedJson } from "../documents/json.ts";
import { githubTrust } from "./github-trust.ts";
import { deployPlatform } from "./permissions/deploy-platform.ts";
import { deployServices, serviceFences } from "./permissions/deploy-services.ts";
import type { Deployer } from "./permissions/deployer.ts";
import { staysItself } from "./permissions/fences.ts";
import { publish } from "./permissions/publish.ts";
import { denyData, readRecords, readSettings } from "./permissions/read.ts";
import { type CiScope, documentOf, hasPreviews, type NamedStatement } from "./permissions/scope.ts";
import { readState } from "./permissions/state.ts";

/** Arguments of {@link CiRoles}. */
export interface CiRolesArgs extends CiScope {
  /** GitHub's identity provider is there before a role trusts it. */
  dependsOn: pulumi.Resource[];
  /** Services by the team that owns them. A team without any gets a role that can only look. */
  services: Record<string, string[]>;
  /** Last word on each role's arguments. */
  transform?: { role?: (args: aws.iam.RoleArgs, role: CiRole) => aws.iam.RoleArgs };
}

/** A deployment of a cluster or database can take longer than an hour. In seconds. */
const DEPLOY_SESSION = 4 * 3600;
const SESSION = 3600;

/**
 * The roles that CI assumes in a scope's account, each by one kind of job of one repository.
 *
 * | role | assumed by | may |
 * | --- | --- | --- |
 * | `preview` | jobs on main | read settings and states, no data |
 * | `deploy-platform` | jobs in the GitHub environment of the scope's name | make infrastructure |
 * | `deploy-TEAM` | jobs in `<environment>-<team>` | deploy the team's services |
 * | `deploy-preview` | jobs in `<environment>-preview`, first environment only | deploy services named `preview-…` |
 * | `publish` | jobs in `publish`, registry's account only | push images |
 *
 * Cost: nothing.
 *
 * @example
 * new CiRoles("ci", { platform, scope, dependsOn: [provider], services: { shopping: ["catalog"] } });
 */
export class CiRoles extends pulumi.ComponentResource {
  /** The made roles, by what they do. */
  declare readonly roles: Record<string, aws.iam.Role>;

  constructor(name: string, args: CiRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:CiRoles", name, {}, opts);
    const parent = this;
    const { platform, scope } = args;
    const ci: CiScope = { platform, scope };

    const read = createPolicy("read", [...readSettings(), ...readState(ci), ...readRecords(ci), ...denyData(ci)]);
    const fences = createPolicy("fences", serviceFences(ci));

    this.roles = {
      preview: createRole("preview", [staysItself()], [read]),
      "deploy-platform": createRole("deploy-platform", deployPlatform(ci), []),
      ...(scope.name === SHARED ? { publish: createRole("publish", publish(ci), []) } : createServiceRoles()),
    };
    this.registerOutputs({});

    function createServiceRoles() {
      const teams = deployingTeams(platform).map(
        (team) => [`deploy-${team}`, teamDeployer(ci, team, args.services[team] ?? [])] as const,
      );
      const all = hasPreviews(ci) ? [...teams, ["deploy-preview", previewDeployer(ci)] as const] : teams;
      return Object.fromEntries(
        all.map(([role, deployer]) => {
          const { byTag, byName, watch } = deployServices(ci, deployer);
          const own = byTag.length > 0 ? [createPolicy(role, byTag), createPolicy(`${role}-watch`, watch)] : [];
          return [role, createRole(role, byName, [read, fences, ...own])];
        }),
      );
    }

    function createPolicy(kind: string, statements: NamedStatement[]) {
      const policyName = `${platform.name}-${scope.name}-ci-${kind}`;
      const document = documentOf(statements);
      assertFits("managed policy", `policy ${policyName}`, document);
      return new aws.iam.Policy(
        `${name}-${kind}`,
        { name: policyName, path: `/${platform.name}/`, policy: sortedJson(document) },
        { parent },
      );
    }

    function createRole(role: string, statements: NamedStatement[], policies: aws.iam.Policy[]) {
      const { name: roleName } = ciRole(platform, scope, role as CiRole);
      const trust = githubTrust(scope.account, platform.repository, jobOf(scope, role as CiRole));
      const document = documentOf(statements);
      assertFits("trust policy", `role ${roleName}`, trust);
      assertFits("role policies", `role ${roleName}`, document);
      const made = createRoleItself(role as CiRole, roleName, trust);
      // A team without services only looks. IAM takes no policy without statements.
      if (statements.length > 0) {
        new aws.iam.RolePolicy(`${name}-${role}`, { role: made.name, name: role, policy: sortedJson(document) }, { parent });
      }
      policies.forEach((policy, index) => {
        new aws.iam.RolePolicyAttachment(`${name}-${role}-${index + 1}`, { role: made.name, policyArn: policy.arn }, { parent });
      });
      return made;
    }

    function createRoleItself(role: CiRole, roleName: string, trust: PolicyDocument) {
      const wanted: aws.iam.RoleArgs = {
        name: roleName,
        path: `/${platform.name}/ci/`,
        description: `CI: ${role} in ${scope.name}`,
        assumeRolePolicy: sortedJson(trust),
        maxSessionDuration: role.startsWith("deploy-") ? DEPLOY_SESSION : SESSION,
      };
      return new aws.iam.Role(`${name}-${role}`, args.transform?.role?.(wanted, role) ?? wanted, {
        parent,
        dependsOn: args.dependsOn,
      });
    }
  }
}

/** The job that may assume a role, as its token says it. */
export function jobOf(scope: Pick<Scope, "name">, role: CiRole): string {
  return role === "preview" ? "ref:refs/heads/main" : `environment:${githubEnvironment(scope, role)}`;
}

/** Teams with a role of their own. The platform's team deploys as `deploy-platform`. */
export function deployingTeams(platform: Platform): string[] {
  return Object.keys(platform.teams)
    .filter((team) => team !== "platform")
    .sort();
}

function teamDeployer({ platform, scope }: CiScope, team: string, services: string[]): Deployer {
  return {
    team,
    path: roleDefaults(platform, scope, team).path,
    names: services,
    families: services.map((service) => `${scope.name}-${service}`),
    logGroups: services.map((service) => `/${platform.name}/${scope.name}/${service}`),
    stacks: services.map((service) => ({ project: service, stack: scope.name })),
    records: services,
  };
}

/**
 * What is in a preview is the team "preview"'s, which settings let nobody else be: preview environments see no team's data, and no team's
 * services are theirs to change.
 */
function previewDeployer({ platform, scope }: CiScope): Deployer {
  return {
    team: "preview",
    path: roleDefaults(platform, scope, "preview").path,
    names: ["preview"],
    families: ["preview-*"],
    logGroups: [`/${platform.name}/preview-*`],
    stacks: [{ project: "*", stack: "preview-*" }],
    records: [],
  };
}
