import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Scope } from "@fairway/settings";
import { EXIT, Failure } from "../../failure.ts";
import type { AwsClients } from "./clients.ts";
import { asking } from "./explain.ts";

export interface Caller {
  account: string;
  arn: string;
}

/** Who the credentials here belong to. */
export async function callerOf(clients: Pick<AwsClients, "sts">, scope: Scope): Promise<Caller> {
  const answer = await asking({ action: "sts:GetCallerIdentity", on: `account ${scope.account}` }, () =>
    clients.sts.send(new GetCallerIdentityCommand({})),
  );
  return { account: answer.Account ?? "", arn: answer.Arn ?? "" };
}

/** Why these credentials must not be used for a scope; undefined when they are of its account. */
export function wrongAccount(caller: Caller, scope: Scope): string | undefined {
  if (caller.account === scope.account) return undefined;
  return (
    `you are ${caller.arn} in account ${caller.account}, and "${scope.name}" is in account ${scope.account} (platform.config.ts). ` +
    `Sign in to ${scope.account}, or correct the setting and run \`npx fairway config\`.`
  );
}

/** @throws Failure with exit code 3 when the credentials are of another account than the scope's */
export async function requireAccount(clients: Pick<AwsClients, "sts">, scope: Scope): Promise<Caller> {
  const caller = await callerOf(clients, scope);
  const wrong = wrongAccount(caller, scope);
  if (wrong) throw new Failure(`Refused: ${wrong}\nNothing was changed.`, EXIT.refused);
  return caller;
}
