import type { Policy } from "../types.ts";
import { ENCRYPTION } from "./encryption.ts";

export const encryptedAtRest: Policy = {
  name: "encrypted-at-rest",
  title: "What holds data encrypts it at rest",
  why: "A disk, a snapshot or a copy that leaves AWS's hands is readable by whoever holds it.",
  fix: "Set the property that the message names; most take the environment's data key (`dataKeyArn` of the account stack).",
  severity: "mandatory",
  check: (plan) => Object.entries(ENCRYPTION).flatMap(([type, judge]) => plan.each(type, (resource) => judge(resource, plan))),
};
