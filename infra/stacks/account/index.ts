import { AccountGuards, checkPlace, CiRoles, CostWatch, DataKey, GitHubProvider, PermissionsBoundary } from "@fairway/components";
import { ownsAccount, type Platform, type Scope, scopeNames, scopeOf } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { account as outputs } from "./outputs.ts";
import { servicesByTeam } from "./services.ts";

/** The foundations of the account in which a scope lives: who CI is in it, the most that a role may do, its key, its cost, its guards. */
export default function account(settings: Platform = platform) {
  const scope = scopeOf(settings, pulumi.getStack());
  checkPlace(scope);
  const config = new pulumi.Config();
  const label = `${settings.name}-${scope.name}`;
  const environment = settings.environments[scope.name];
  // What all environments share is never in the way of an experiment, so it is always protected.
  const protect = environment?.protect ?? true;
  const first = ownsAccount(settings, scope);

  new PermissionsBoundary("boundary", { platform: settings, scope, protect });
  const provider = first ? [new GitHubProvider("github", { protect })] : [];
  new CiRoles("ci", {
    platform: settings,
    scope,
    dependsOn: provider,
    services: servicesByTeam(config.getObject<string[]>("services") ?? [], settings),
  });
  new AccountGuards("guards", { label, account: first, region: isFirstOfRegion(settings, scope) });

  const key = new DataKey("data", { place: scope, alias: `${label}-data`, protect });
  const cost = new CostWatch("cost", {
    account: scope.account,
    label,
    monthlyUsd: environment?.budget.monthlyUsd ?? config.getNumber("sharedMonthlyUsd") ?? 50,
    tag: isAlone(settings, scope) ? undefined : { key: "environment", value: scope.name },
    monitor: monitorOf(config, first),
    anomalyUsd: config.getNumber("anomalyUsd"),
    contacts: config.getObject<string[]>("costContacts") ?? [],
    keyArn: key.arn,
  });
  return outputs.produce({ dataKeyArn: key.arn, costTopicArn: cost.topicArn });
}

function monitorOf(config: pulumi.Config, first: boolean): "own" | "none" | { arn: string } {
  const arn = config.get("anomalyMonitorArn");
  if (arn) return { arn };
  return first ? "own" : "none";
}

/** Whether no other scope is in the account: then all that the account costs is this scope's. */
function isAlone(settings: Platform, scope: Scope): boolean {
  return scopeNames(settings).every((name) => name === scope.name || scopeOf(settings, name).account !== scope.account);
}

/** Whether a scope is the first of its account in its region: some guards are a region's. */
function isFirstOfRegion(settings: Platform, { name, account: id, region }: Scope): boolean {
  const same = scopeNames(settings).filter((other) => {
    const scope = scopeOf(settings, other);
    return scope.account === id && scope.region === region;
  });
  return same[0] === name;
}
