import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import type { Fail } from "../../models/model.ts";
import { show } from "../../rules/text.ts";

/** The containers of a task, as RegisterTaskDefinition checks them (ECS API reference, ContainerDefinition). */
export function checkContainers(containers: PropertyValue | undefined, task: PropertyMap, fail: Fail): void {
  if (!Array.isArray(containers))
    return fail("containerDefinitions", "is not a JSON list of containers. Build it with pulumi.jsonStringify.");
  if (containers.length === 0) return fail("containerDefinitions", "is empty. Add a container.");
  if (containers.length > 10)
    fail("containerDefinitions", `has ${containers.length} containers, at most 10 are allowed. Split the task.`);
  const items = containers.filter(isMap);
  if (items.length > 0 && items.every(({ essential }) => essential === false))
    fail("containerDefinitions", "no container is essential. Make one so.");
  const names = items.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) fail("containerDefinitions", `two containers are called ${show(twice)}. Give each its own name.`);
  for (const [index, container] of items.entries()) checkContainer(`containerDefinitions[${index}]`, container, task, fail);
  checkShares(items, task, fail);
}

function checkContainer(path: string, container: PropertyMap, task: PropertyMap, fail: Fail): void {
  const { name, image } = container;
  if (typeof name !== "string" || !/^[\w-]{1,255}$/.test(name)) {
    fail(`${path}.name`, `${show(name ?? null)} is not allowed: use up to 255 letters, digits, hyphens and underscores.`);
  }
  if (typeof image !== "string" || image === "") fail(`${path}.image`, "is required. Set it, by digest.");
  for (const [index, variable] of maps(container.environment).entries()) {
    if (typeof variable.value !== "string") {
      fail(`${path}.environment[${index}].value`, `${show(variable.name ?? null)} is not text. Write it in quotes.`);
    }
  }
  for (const [index, secret] of maps(container.secrets).entries()) {
    if (typeof secret.valueFrom !== "string")
      fail(`${path}.secrets[${index}].valueFrom`, "is required. Set it to the secret's ARN.");
  }
  checkRoles(path, container, task, fail);
  checkPorts(path, container, task, fail);
}

/** What the execution role is for: secrets and log groups; without it the task never starts. */
function checkRoles(path: string, container: PropertyMap, task: PropertyMap, fail: Fail): void {
  if (task.executionRoleArn !== undefined) return;
  const logs = isMap(container.logConfiguration) ? container.logConfiguration.logDriver : undefined;
  const fargate = Array.isArray(task.requiresCompatibilities) && task.requiresCompatibilities.includes("FARGATE");
  if (maps(container.secrets).length > 0) fail(`${path}.secrets`, "need executionRoleArn, whose role reads them. Set it.");
  if (logs === "awslogs" && fargate) fail(`${path}.logConfiguration`, "needs executionRoleArn, whose role writes them. Set it.");
}

function checkPorts(path: string, container: PropertyMap, task: PropertyMap, fail: Fail): void {
  for (const [index, mapping] of maps(container.portMappings).entries()) {
    const { containerPort, hostPort } = mapping;
    if (typeof containerPort !== "number" || containerPort < 1 || containerPort > 65_535) {
      fail(`${path}.portMappings[${index}].containerPort`, `${show(containerPort ?? null)} is not a port. Use 1 to 65535.`);
    }
    if (task.networkMode === "awsvpc" && hostPort !== undefined && hostPort !== containerPort) {
      fail(`${path}.portMappings[${index}].hostPort`, `${show(hostPort)} must be the containerPort under awsvpc. Leave it out.`);
    }
  }
}

/** The containers' own shares must fit into the task. */
function checkShares(containers: PropertyMap[], task: PropertyMap, fail: Fail): void {
  for (const property of ["cpu", "memory"] as const) {
    const whole = Number(task[property]);
    const shares = containers.map((container) => container[property]).filter((share) => typeof share === "number");
    const sum = shares.reduce((total, share) => total + share, 0);
    const over = property === "cpu" ? sum > whole : shares.some((share) => share > whole);
    if (over)
      fail(
        "containerDefinitions",
        `the containers' ${property} (${sum}) is over the task's ${whole}. Lower it or raise the task's.`,
      );
  }
}

function maps(value: PropertyValue | undefined): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
