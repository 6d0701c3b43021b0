import { type Environment, isProvided, supportWarning } from "@fairway/settings";
import { type Check, fine, note } from "./finding.ts";

/** How long the cluster's version is supported. Never wrong: a warning in time. @param today `2026-11-23` */
export function kubernetesCheck(environment: Environment, today: string): Check {
  return {
    name: "kubernetes",
    run: async () => {
      const { kubernetes, runtimes } = environment;
      if (!runtimes.includes("kubernetes") || isProvided(kubernetes)) return [];
      const warning = supportWarning(kubernetes.version, today);
      return [warning ? note("kubernetes", warning) : fine("kubernetes", `${kubernetes.version}, no end of support known soon`)];
    },
  };
}
