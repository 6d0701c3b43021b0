import { FARGATE_SIZES } from "@fairway/service";
import { isMap, type PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { parseJson, sameJson } from "../../rules/policy.ts";
import { arnOf, list, oneOf, unordered } from "../../rules/text.ts";
import { arn, text } from "../names.ts";
import { ecsName } from "./cluster.ts";
import { checkContainers } from "./containers.ts";

/** Task definitions: a change is always a new revision. Its Pulumi id is the family; the revision is in the ARN. */
export const taskDefinitionModel: Model = {
  type: "aws:ecs/taskDefinition:TaskDefinition",
  defaults: { skipDestroy: false, trackLatest: false },
  rules: {
    family: ecsName,
    networkMode: oneOf("awsvpc", "bridge", "host", "none"),
    requiresCompatibilities: list({ max: 4 }, oneOf("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")),
    executionRoleArn: arnOf("iam"),
    taskRoleArn: arnOf("iam"),
  },
  validate: (inputs, fail) => {
    if (isFargate(inputs)) checkFargate(inputs, fail);
    const containers = parseJson(inputs.containerDefinitions);
    if (typeof inputs.containerDefinitions === "string") checkContainers(containers, inputs, fail);
  },
  same: { containerDefinitions: sameJson, requiresCompatibilities: unordered },
  id: (making) => text(making.inputs, "family"),
  outputs: (made) => {
    // AWS counts revisions up; without a memory of earlier ones this one's number is drawn from its seed.
    const revision = 1 + made.number("revision", 9_999_999);
    const arnWithoutRevision = arn(made.place, "ecs", `task-definition/${text(made.inputs, "family")}`);
    return {
      arn: `${arnWithoutRevision}:${revision}`,
      arnWithoutRevision,
      enableFaultInjection: made.inputs.enableFaultInjection ?? false,
      networkMode: made.inputs.networkMode ?? "bridge",
      revision,
    };
  },
};

function isFargate({ requiresCompatibilities }: PropertyMap): boolean {
  return Array.isArray(requiresCompatibilities) && requiresCompatibilities.includes("FARGATE");
}

/** AWS Fargate task sizes: 1024 CPU units are a vCPU, memory is in MiB. */
function checkFargate(inputs: PropertyMap, fail: Fail): void {
  const { cpu, memory, networkMode, ephemeralStorage } = inputs;
  if (networkMode !== undefined && typeof networkMode === "string" && networkMode !== "awsvpc") {
    fail("networkMode", `"${networkMode}" is not for Fargate. Use awsvpc.`);
  }
  if (networkMode === undefined) fail("networkMode", "is required for Fargate. Set it to awsvpc.");
  if (cpu === undefined) fail("cpu", `is required for Fargate. Use one of ${cpuUnits().join(", ")}.`);
  if (memory === undefined) fail("memory", "is required for Fargate. Set it, in MiB.");
  if (typeof cpu === "string" && typeof memory === "string") checkSize(cpu, memory, fail);
  const storage = isMap(ephemeralStorage) ? ephemeralStorage.sizeInGib : undefined;
  if (typeof storage === "number" && !(storage >= 21 && storage <= 200)) {
    fail("ephemeralStorage.sizeInGib", `${storage} is out of range. Use 21 to 200 GiB, or leave it out for the free 20.`);
  }
}

function checkSize(cpu: string, memory: string, fail: Fail): void {
  const sizes = FARGATE_SIZES.get(amount(cpu, "vcpu", 1024));
  if (!sizes) return fail("cpu", `"${cpu}" is no size of Fargate. Use one of ${cpuUnits().join(", ")}.`);
  if (sizes.includes(amount(memory, "gb", 1024))) return;
  fail("memory", `"${memory}" MiB does not go with ${cpu} CPU units. Use one of ${sizes.map((gib) => gib * 1024).join(", ")}.`);
}

/** `512` of units, or `.5 vCPU`, in whole vCPUs or GiB. */
function amount(value: string, unit: string, factor: number): number {
  const found = new RegExp(`^([\\d.]+)\\s*(${unit})?$`, "i").exec(value.trim());
  if (!found) return Number.NaN;
  return found[2] ? Number(found[1]) : Number(found[1]) / factor;
}

function cpuUnits(): number[] {
  return [...FARGATE_SIZES.keys()].map((cpu) => cpu * 1024);
}
