import { awsError, type Handlers, type Input } from "./fake-client.ts";

export interface FakeKey {
  id: string;
  description: string;
  state: "Enabled" | "Disabled" | "PendingDeletion";
  rotation: boolean;
  policy: string;
  tags: { TagKey: string; TagValue: string }[];
}

export interface FakeKms {
  keys: FakeKey[];
  /** Key ids by alias. */
  aliases: Map<string, string>;
  /** So many calls about a key made just now answer NotFoundException first, as KMS does until it has spread. */
  spreading: { left: number };
  handlers: Handlers;
}

/** KMS as its API reference has it (2026): names of errors, states of keys, what an alias may be asked for. */
export function createKms(account: string, region: string): FakeKms {
  const keys: FakeKey[] = [];
  const aliases = new Map<string, string>();
  const spreading = { left: 0 };
  const arn = ({ id }: FakeKey) => `arn:aws:kms:${region}:${account}:key/${id}`;

  const find = (reference: unknown): FakeKey => {
    const text = String(reference);
    const id = text.startsWith("alias/") ? aliases.get(text) : text.split("key/").at(-1);
    const key = keys.find((each) => each.id === id);
    if (!key) throw awsError("NotFoundException", 400, `Key '${text}' does not exist`);
    return key;
  };
  const settled = (input: Input): FakeKey => {
    if (spreading.left > 0) {
      spreading.left -= 1;
      throw awsError("NotFoundException", 400, `Key '${String(input.KeyId)}' does not exist`);
    }
    return find(input.KeyId);
  };
  const usable = (key: FakeKey) => {
    if (key.state === "PendingDeletion") throw awsError("KMSInvalidStateException", 400, `${arn(key)} is pending deletion.`);
    return key;
  };
  const describe = (key: FakeKey) => ({ KeyId: key.id, Arn: arn(key), Description: key.description, KeyState: key.state });

  const handlers: Handlers = {
    DescribeKeyCommand: (input) => ({ KeyMetadata: describe(find(input.KeyId)) }),
    ListKeysCommand: () => ({ Keys: keys.map((key) => ({ KeyId: key.id, KeyArn: arn(key) })), Truncated: false }),
    CreateKeyCommand: ({ Description, Policy, Tags }) => {
      const key: FakeKey = {
        id: `0000000${keys.length}-1111-4222-8333-444444444444`,
        description: String(Description),
        state: "Enabled",
        rotation: false,
        policy: String(Policy),
        tags: Tags as FakeKey["tags"],
      };
      keys.push(key);
      return { KeyMetadata: describe(key) };
    },
    CreateAliasCommand: ({ AliasName, TargetKeyId }) => {
      if (aliases.has(String(AliasName))) throw awsError("AlreadyExistsException", 400);
      aliases.set(String(AliasName), usable(settled({ KeyId: TargetKeyId })).id);
      return {};
    },
    EnableKeyCommand: (input) => {
      usable(find(input.KeyId)).state = "Enabled";
      return {};
    },
    CancelKeyDeletionCommand: (input) => {
      find(input.KeyId).state = "Disabled";
      return {};
    },
    EnableKeyRotationCommand: (input) => {
      usable(settled(input)).rotation = true;
      return {};
    },
    GetKeyRotationStatusCommand: (input) => ({ KeyRotationEnabled: settled(input).rotation }),
    GetKeyPolicyCommand: (input) => ({ Policy: settled(input).policy }),
    PutKeyPolicyCommand: (input) => {
      usable(settled(input)).policy = String(input.Policy);
      return {};
    },
    ListResourceTagsCommand: (input) => ({ Tags: settled(input).tags }),
    TagResourceCommand: (input) => {
      const key = settled(input);
      const given = input.Tags as FakeKey["tags"];
      key.tags = [...key.tags.filter(({ TagKey }) => !given.some((tag) => tag.TagKey === TagKey)), ...given];
      return {};
    },
  };
  return { keys, aliases, spreading, handlers };
}
