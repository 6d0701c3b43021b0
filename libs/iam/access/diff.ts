import { compare, type Grant, sameGrantKey } from "./grants.ts";

/** What changed for one principal of one stack. */
export interface AccessChange {
  principal: string;
  project: string;
  stack: string;
  added: Grant[];
  removed: Grant[];
}

/**
 * What a principal may do after a change and could not before, and the other way round. A grant that another resource states now is no
 * change. In a stable order.
 */
export function diffAccess(before: Grant[], after: Grant[]): AccessChange[] {
  const [had, has] = [keyed(before), keyed(after)];
  const changes = new Map<string, AccessChange>();
  for (const [key, grant] of has) if (!had.has(key)) changeOf(grant).added.push(grant);
  for (const [key, grant] of had) if (!has.has(key)) changeOf(grant).removed.push(grant);
  return [...changes].sort(([one], [other]) => compare(one, other)).map(([, change]) => change);

  function changeOf({ principal, project, stack }: Grant): AccessChange {
    const key = JSON.stringify([stack, project, principal]);
    const change = changes.get(key) ?? { principal, project, stack, added: [], removed: [] };
    changes.set(key, change);
    return change;
  }
}

/** `dynamodb:Query on table/catalog`, `not s3:GetObject on everything`: a grant as a line of a plan shows it. */
export function describeGrant({ effect, actions, resources, except = [], condition, known }: Grant): string {
  if (known === "unknown") return "what is known only after the update";
  const what = actions.length > 0 ? actions.join(", ") : "what is allowed by";
  const where = resources.map(shortResource).join(", ");
  const actionText = except.includes("actions") ? `all but ${what}` : what;
  const on = actions.length > 0 ? "on " : "";
  const resourceText = except.includes("resources") ? `all but ${where}` : where;
  const when = condition ? ` when ${[...new Set(Object.values(condition).flatMap(Object.keys))].sort(compare).join(", ")}` : "";
  return `${effect === "Deny" ? "never " : ""}${actionText} ${on}${resourceText}${when}`;
}

/** `table/catalog` of an ARN; what is no ARN as it is. */
function shortResource(resource: string): string {
  if (resource === "*") return "everything";
  return /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(resource)?.[1] ?? resource;
}

function keyed(grants: Grant[]): Map<string, Grant> {
  return new Map(grants.map((grant) => [sameGrantKey(grant), grant]));
}
