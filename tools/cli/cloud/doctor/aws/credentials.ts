import type { Scope } from "@fairway/settings";
import type { AwsClients } from "../../aws/clients.ts";
import { callerOf, wrongAccount } from "../../aws/identity.ts";
import { type Check, fine, wrong } from "../finding.ts";

/** Who the AWS credentials belong to, and whether that is the account of settings. Everything else about AWS waits for it. */
export function credentialsCheck(clients: AwsClients, scope: Scope): Check {
  return {
    name: "account",
    run: async () => {
      const caller = await callerOf(clients, scope);
      const problem = wrongAccount(caller, scope);
      if (problem) return [wrong("account", problem)];
      return [fine("account", `${scope.account}, ${scope.region}, as ${caller.arn}`)];
    },
  };
}
