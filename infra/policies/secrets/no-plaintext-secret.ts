import type { JsonMap, PlannedResource } from "@fairway/resources";
import { podsOf, POD_MAKERS, TASK_DEFINITION, taskContainers } from "../reading/containers.ts";
import { found, map, maps, parsed, printed, secret, text } from "../reading/values.ts";
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
  check: (plan) =>
    plan.resources
      .filter(({ external }) => !external)
      .flatMap((resource) => {
        const held = variables(resource);
        const messages = [...named(resource, held), ...(resource.custom ? credentials(resource, held) : [])];
        return messages.map((message) => ({ resource, message }));
      }),
};

/** Variables whose name says that they hold a secret. */
function named(resource: PlannedResource, held: readonly Variable[]): string[] {
  return held
    .filter(({ name, value, path, shown }) => isNamedSecret(name, value) && (shown || !secret(resource, path)))
    .map(({ name, path }) => `${path}: ${name} holds a value in plain text`);
}

/** Values that look like credentials, wherever they stand. Their path is told, never the value. */
function credentials(resource: PlannedResource, held: readonly Variable[]): string[] {
  const inVariables = held.flatMap(({ name, value, path, shown }) => {
    const what = shown && !isNamedSecret(name, value) ? credentialIn(value) : undefined;
    return what ? [`${path}: ${name} holds ${what}`] : [];
  });
  const judged = new Set(held.flatMap(({ path, shown }) => (shown ? [path] : [])));
  const elsewhere = inTexts(resource)
    .filter(({ path }) => !judged.has(path) && !hidden(resource, path))
    .map(({ path, what }) => `${path} holds ${what}`);
  return [...inVariables, ...elsewhere];
}

/** In the texts of a resource; a task's containers stand in one text, and are read one by one. */
function inTexts({ type, inputs }: PlannedResource): { path: string; what: string }[] {
  const containers = type === TASK_DEFINITION ? parsed(inputs.containerDefinitions) : undefined;
  if (containers === undefined) return found(inputs, credentialIn);
  const { containerDefinitions: _, ...others } = inputs;
  return [...found(others, credentialIn), ...found(containers, credentialIn, "containerDefinitions")];
}

/** Whether Pulumi keeps a value from being read. It can't where AWS shows it: whoever may describe a task reads its containers. */
function hidden(resource: PlannedResource, path: string): boolean {
  const isShown = resource.type === TASK_DEFINITION && path.startsWith("containerDefinitions");
  return !isShown && secret(resource, path);
}

function variables(resource: PlannedResource): Variable[] {
  const { type, inputs } = resource;
  if (type === TASK_DEFINITION) {
    return taskContainers(resource).flatMap(({ definition, path }) => [
      ...environment(definition.environment, `${path}.environment`),
      // What a log driver is given: Splunk's and Fluentd's take tokens and passwords by name.
      ...entries(map(map(definition.logConfiguration)?.options), `${path}.logConfiguration.options`, true),
    ]);
  }
  if (POD_MAKERS.includes(type)) {
    const pods = podsOf(resource);
    return [...(pods?.containers ?? []), ...(pods?.initContainers ?? [])].flatMap(({ definition, path }) =>
      environment(definition.env, `${path}.env`),
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

function environment(value: JsonMap[string] | undefined, path: string): Variable[] {
  return maps(value).flatMap((variable, index) =>
    typeof variable.value === "string"
      ? [{ name: `${String(variable.name)}`, value: variable.value, path: `${path}[${index}].value`, shown: true }]
      : [],
  );
}

function entries(values: JsonMap | undefined, path: string, shown: boolean): Variable[] {
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    typeof value === "string" ? [{ name, value, path: printed(path, name), shown }] : [],
  );
}
