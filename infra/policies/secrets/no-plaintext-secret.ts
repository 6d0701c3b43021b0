import type { JsonMap, PlannedResource } from "@fairway/resources";
import { podsOf, POD_MAKERS, TASK_DEFINITION, taskContainers } from "../reading/containers.ts";
import type { Plan } from "../reading/plan.ts";
import { leaves, map, maps, printed, secret, text } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { credentialIn, isNamedSecret } from "./patterns.ts";

/** A variable that is handed to a program as it stands. */
interface Variable {
  name: string;
  value: string;
  /** Where it stands in the resource. */
  path: string;
  /** Whether it can be read by whoever may describe the resource, even when Pulumi holds it as a secret. */
  shown: boolean;
}

export const noPlaintextSecret: Policy = {
  name: "no-plaintext-secret",
  title: "No secret stands in plain text",
  why: "A variable is shown by every console, API and log that describes the task; a value in a program stands in Git for ever.",
  fix: "Put the value into Secrets Manager and name it under `secrets` of service.ts; in a program take it with config.requireSecret.",
  severity: "mandatory",
  check: (plan) => [
    ...named(plan),
    ...plan.resources
      .filter(({ external, custom }) => custom && !external)
      .flatMap((resource) => credentials(resource).map((message) => ({ resource, message }))),
  ],
};

/** Variables whose name says that they hold a secret. */
function named(plan: Plan) {
  return plan.resources
    .filter(({ external }) => !external)
    .flatMap((resource) =>
      variables(resource)
        .filter(({ name, value, path, shown }) => isNamedSecret(name, value) && (shown || !secret(resource, path)))
        .map(({ name, path }) => ({ resource, message: `${path}: ${name} holds a value in plain text` })),
    );
}

/** Values that look like credentials, wherever they stand. Their path is told, never the value. */
function credentials(resource: PlannedResource): string[] {
  const environments = new Set(variables(resource).flatMap(({ path, shown }) => (shown ? [path] : [])));
  const inVariables = variables(resource).flatMap(({ name, value, path, shown }) => {
    const what = shown && !isNamedSecret(name, value) ? credentialIn(value) : undefined;
    return what ? [`${path}: ${name} holds ${what}`] : [];
  });
  const elsewhere = [...leaves(resource.inputs)].flatMap(({ path, text: value }) => {
    if (
      secret(resource, path) ||
      [...environments].some((each) => path === each || (path === "containerDefinitions" && each.startsWith(path)))
    )
      return [];
    const what = credentialIn(value);
    return what ? [`${path} holds ${what}`] : [];
  });
  return [...inVariables, ...elsewhere];
}

function variables(resource: PlannedResource): Variable[] {
  const { type, inputs } = resource;
  if (type === TASK_DEFINITION) {
    return taskContainers(resource).flatMap(({ name, definition, path }) =>
      environment(definition.environment, `${path}.environment`, name),
    );
  }
  if (POD_MAKERS.includes(type)) {
    const pods = podsOf(resource);
    return [...(pods?.containers ?? []), ...(pods?.initContainers ?? [])].flatMap(({ name, definition, path }) =>
      environment(definition.env, `${path}.env`, name),
    );
  }
  if (type === "aws:lambda/function:Function")
    return entries(map(map(inputs.environment)?.variables), "environment.variables", false);
  if (type === "kubernetes:core/v1:ConfigMap") return entries(map(inputs.data), "data", true);
  if (type === "aws:ssm/parameter:Parameter" && inputs.type !== "SecureString") {
    const value = text(inputs.value) ?? text(inputs.insecureValue);
    const name = text(inputs.name)?.split("/").at(-1) ?? resource.name;
    // Whoever may read parameters reads a String, however Pulumi holds it.
    return value === undefined ? [] : [{ name, value, path: "value", shown: true }];
  }
  if (type === "aws:codebuild/project:Project") {
    return maps(map(inputs.environment)?.environmentVariables).flatMap(({ name, value, type: kind }, index) =>
      (kind ?? "PLAINTEXT") === "PLAINTEXT" && typeof value === "string"
        ? [{ name: String(name), value, path: `environment.environmentVariables[${index}].value`, shown: true }]
        : [],
    );
  }
  return [];
}

function environment(value: JsonMap[string] | undefined, path: string, container: string): Variable[] {
  return maps(value).flatMap((variable, index) =>
    typeof variable.value === "string"
      ? [{ name: `${String(variable.name)}`, value: variable.value, path: `${path}[${index}].value`, shown: true, container }]
      : [],
  );
}

function entries(values: JsonMap | undefined, path: string, shown: boolean): Variable[] {
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    typeof value === "string" ? [{ name, value, path: printed(path, name), shown }] : [],
  );
}
