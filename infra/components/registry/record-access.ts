import type { Statement } from "../documents/policy.ts";
import { accountRoot } from "./image-access.ts";

/** Who may do what with the deployment records. */
export interface RecordAccess {
  /** The roles that write an environment's records, and no other's. */
  writers: { environment: string; account: string; roles: string[] }[];
  /** Patterns of the roles that read all records, by account: `{ "222222222222": "arn:aws:iam::222222222222:role/acme/ci/*" }`. */
  readers: Record<string, string>;
}

const READ = ["BatchGetItem", "ConditionCheckItem", "DescribeTable", "GetItem", "Query", "Scan"].map(action);
const WRITE = ["PutItem", "UpdateItem"].map(action);
/** All ways to write an item, PartiQL's too: to refuse them, not to grant them. */
const ANY_WRITE = [
  "BatchWriteItem",
  "DeleteItem",
  "PartiQLDelete",
  "PartiQLInsert",
  "PartiQLUpdate",
  "PutItem",
  "UpdateItem",
].map(action);
/** All ways to delete an item. A batch may hold deletions, and its permission is one for both. */
const DELETE = ["BatchWriteItem", "DeleteItem", "PartiQLDelete"].map(action);

/**
 * The policy of the table of deployment records. Partition keys are `<environment>#<service>`: an environment's roles write keys that
 * begin with its name, nobody else does, and nobody deletes.
 *
 * `dynamodb:LeadingKeys` holds all partition keys of a request. `ForAllValues` is true of none at all, so `Null` asks that there are some.
 * The refusals stand beside the grants because in the registry's own account a role's own policy is enough: without them an environment
 * that shares that account could be given leave to write another's records.
 *
 * Principals are accounts, narrowed to roles by conditions: AWS refuses a policy that names a role which does not exist yet.
 */
export function recordStatements(tableArn: string, { writers, readers }: RecordAccess): Statement[] {
  const accounts = Object.keys(readers).sort();
  return [
    {
      Sid: "Read",
      Principal: { AWS: accounts.map(accountRoot) },
      Action: READ,
      Resource: tableArn,
      Condition: { ArnLike: { "aws:PrincipalArn": accounts.map((account) => readers[account] ?? "") } },
    },
    ...writers.flatMap(({ environment, account, roles }): Statement[] => [
      {
        Sid: `Write${capitalised(environment)}`,
        Principal: { AWS: accountRoot(account) },
        Action: WRITE,
        Resource: tableArn,
        Condition: {
          ArnEquals: { "aws:PrincipalArn": roles },
          "ForAllValues:StringLike": { "dynamodb:LeadingKeys": `${environment}#*` },
          Null: { "dynamodb:LeadingKeys": "false" },
        },
      },
      {
        Sid: `OnlyItsOwnWrite${capitalised(environment)}`,
        Effect: "Deny",
        Principal: "*",
        Action: ANY_WRITE,
        Resource: tableArn,
        Condition: {
          ArnNotEquals: { "aws:PrincipalArn": roles },
          "ForAnyValue:StringLike": { "dynamodb:LeadingKeys": `${environment}#*` },
        },
      },
    ]),
    { Sid: "NobodyDeletes", Effect: "Deny", Principal: "*", Action: DELETE, Resource: tableArn },
  ];
}

function action(name: string): string {
  return `dynamodb:${name}`;
}

/** A name as part of a statement's id, which takes letters and digits only: `pre-production` becomes `PreProduction`. */
function capitalised(name: string): string {
  return name
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}
