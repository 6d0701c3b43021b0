import type { Policy } from "../types.ts";
import { STATEFUL } from "./stateful.ts";

export const deletionProtection: Policy = {
  name: "deletion-protection",
  title: "AWS refuses to delete what is stateful in production",
  why: "`protect` stops Pulumi only. A script, a console or another tool deletes what AWS itself does not protect.",
  fix: "Set the property that the message names from the environment's `protect`.",
  severity: "mandatory",
  check: (plan) =>
    plan.guarded
      ? Object.entries(STATEFUL).flatMap(([type, { deletion }]) => plan.each(type, (resource) => deletion?.(resource, plan)))
      : [],
};
