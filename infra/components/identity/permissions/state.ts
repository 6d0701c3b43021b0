import type { Deployer } from "./deployer.ts";
import { byStateKeyAlias, type CiScope, type NamedStatement, ours, stateArns } from "./scope.ts";

/** Read the states of a scope, and what is sealed in them: what `pulumi preview` does. It takes no lock and writes nothing. */
export function readState(ci: CiScope): NamedStatement[] {
  const { bucket, objects } = stateArns(ci);
  return [
    { Sid: "ListState", Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: bucket },
    { Sid: "ReadState", Effect: "Allow", Action: "s3:GetObject", Resource: objects },
    {
      Sid: "OpenSecretsOfState",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: ours(ci, "kms", "key/*"),
      Condition: byStateKeyAlias(ci),
    },
  ];
}

/**
 * Write the states of some stacks: state, its copies, its history and its lock.
 *
 * @param stacks or patterns of them. A project or stack called `*` is all of them.
 */
export function writeState(ci: CiScope, stacks: Deployer["stacks"]): NamedStatement[] {
  const { bucket } = stateArns(ci);
  const objects = stacks.flatMap(({ project, stack }) => {
    // One pattern where a project's name says enough: policies are short of room.
    const parts = project === "*" ? ["backups", "history", "locks/organization"] : ["*"];
    const copies = parts.map((part) => `${part}/${project}/${stack}/*`);
    // `dev.json`, and while it is written `dev.json.bak`
    return [`stacks/${project}/${stack}.json*`, ...copies].map((key) => `${bucket}/.pulumi/${key}`);
  });
  return [
    { Sid: "WriteState", Effect: "Allow", Action: ["s3:DeleteObject", "s3:PutObject"], Resource: objects },
    {
      Sid: "SealState",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
      Resource: ours(ci, "kms", "key/*"),
      Condition: byStateKeyAlias(ci),
    },
  ];
}
