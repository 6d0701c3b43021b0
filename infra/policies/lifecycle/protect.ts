import type { Policy } from "../types.ts";
import { STATEFUL } from "./stateful.ts";

export const protect: Policy = {
  name: "protect",
  title: "Pulumi refuses to delete or replace what is stateful in production",
  why: "A renamed argument can turn an update into a replacement: a new, empty resource, and the old one deleted.",
  fix: "Pass `protect: environment.protect` in the resource's options.",
  severity: "mandatory",
  check: (plan) =>
    plan.guarded
      ? Object.entries(STATEFUL).flatMap(([type, { holds }]) =>
          plan.each(type, (resource) => (resource.protect ? undefined : `not protected, and holds ${holds}`)),
        )
      : [],
};
