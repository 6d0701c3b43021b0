import type { Clock } from "@fairway/clock";
import { type Platform, type Scope, stateBucket } from "@fairway/settings";
import type { AwsClients } from "../../aws/clients.ts";
import { backendSteps } from "../../backend/steps.ts";
import { lookAt } from "../../steps.ts";
import { type Check, fine, wrong } from "../finding.ts";

/** Whether the scope's state bucket and key are there and as `fairway init backend` makes them. */
export function backendCheck(clients: AwsClients, platform: Platform, scope: Scope, clock: Pick<Clock, "wait">): Check {
  const fix = `npx fairway init backend --env ${scope.name}`;
  return {
    name: "backend",
    run: async () => {
      const looked = await lookAt(backendSteps(clients, platform, scope, clock));
      const bad = looked.flatMap(({ name, standing }) => {
        if (standing.is === "right") return [];
        return [wrong("backend", standing.is === "missing" ? `${name} is missing` : `${name}: ${standing.how}`, fix)];
      });
      if (bad.length === looked.length) return [wrong("backend", `there is no state bucket and no key for "${scope.name}"`, fix)];
      if (bad.length > 0) return bad;
      return [fine("backend", `${stateBucket(platform, scope)} and its key: versioned, encrypted, private`)];
    },
  };
}
