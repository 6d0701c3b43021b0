import type { Model, Rule } from "../../models/model.ts";
import { arnOf, show, text } from "../../rules/text.ts";
import { arn, uuid } from "../names.ts";

const logGroup: Rule = (value) => {
  const group = (value as { logGroupArn?: unknown }).logGroupArn;
  return typeof group !== "string" || /^arn:aws[\w-]*:logs:.+:log-group:.+:\*$/.test(group)
    ? undefined
    : `logGroupArn ${show(group)} does not end in :*, which this API wants. Append it to the group's ARN.`;
};

/** Workspaces of Amazon Managed Service for Prometheus (its API reference, CreateWorkspace). */
export const prometheusModel: Model = {
  type: "aws:amp/workspace:Workspace",
  guarded: "data",
  rules: { alias: text({ max: 100 }), kmsKeyArn: arnOf("kms"), loggingConfiguration: logGroup },
  id: (making) => `ws-${uuid(making, "workspace")}`,
  outputs: (made) => ({
    arn: arn(made.place, "aps", `workspace/${made.id}`),
    prometheusEndpoint: `https://aps-workspaces.${made.place.region}.${made.place.dnsSuffix}/workspaces/${made.id}/`,
  }),
};
