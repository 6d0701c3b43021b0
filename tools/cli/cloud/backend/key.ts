import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
  ListKeysCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  TagResourceCommand,
} from "@aws-sdk/client-kms";
import { defaultTags, type Platform, type Scope, stateKeyAlias } from "@fairway/settings";
import type { AwsClients } from "../aws/clients.ts";
import { asking, errorName, unlessNamed } from "../aws/explain.ts";
import { different, MISSING, RIGHT, type Standing, type Step } from "../steps.ts";
import { keyPolicy, mergePolicy, missingStatements, type Policy } from "./policy.ts";

/** What the bucket's steps need of the key's: its ARN, once there is one. */
export interface StateKey {
  arn: string | undefined;
}

type Wait = (milliseconds: number) => Promise<void>;

/** How often a call about a key made just now is repeated, once a second: KMS answers NotFound until it has spread (some seconds). */
const SPREADING = 10;

/**
 * The steps that make a scope's key. $1 a month; each yearly rotation adds $1, twice at most (KMS pricing, 2026-03).
 *
 * @param key filled in as soon as the key is known
 */
export function keySteps({ kms }: Pick<AwsClients, "kms">, platform: Platform, scope: Scope, key: StateKey, wait: Wait): Step[] {
  const alias = stateKeyAlias(platform, scope);
  const description = `States and secrets of ${platform.name} ${scope.name}`;
  const policy = keyPolicy(platform, scope);
  const tags = defaultTags(platform, scope);
  const on = `the key ${alias}`;

  return [
    { name: "encryption key", look: lookKey, make: makeKey },
    { name: `the key's alias ${alias}`, look: lookAlias, make: makeAlias },
    { name: "the key's yearly rotation", look: lookRotation, make: makeRotation },
    { name: "the key's policy", look: lookPolicy, make: makePolicy },
    { name: "the key's tags", look: lookTags, make: makeTags },
  ];

  async function lookKey(): Promise<Standing> {
    const found = (await describe(alias)) ?? (await orphan());
    key.arn = found?.Arn;
    if (!found) return MISSING;
    return found.KeyState === "Enabled" ? RIGHT : different(`is ${found.KeyState}: will be enabled again`);
  }

  async function makeKey() {
    if (key.arn === undefined) {
      const { KeyMetadata: made } = await asking({ action: "kms:CreateKey", on }, () =>
        kms.send(
          new CreateKeyCommand({
            Description: description,
            Policy: JSON.stringify(policy),
            Tags: tagList("TagKey", "TagValue", tags),
          }),
        ),
      );
      key.arn = made?.Arn;
      return;
    }
    const KeyId = key.arn;
    if ((await describe(KeyId))?.KeyState === "PendingDeletion")
      await asking({ action: "kms:CancelKeyDeletion", on }, () => kms.send(new CancelKeyDeletionCommand({ KeyId })));
    await asking({ action: "kms:EnableKey", on }, () => kms.send(new EnableKeyCommand({ KeyId })));
  }

  async function lookAlias(): Promise<Standing> {
    return (await describe(alias)) ? RIGHT : MISSING;
  }

  async function makeAlias() {
    await about("kms:CreateAlias", (TargetKeyId) => kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId })));
  }

  async function lookRotation(): Promise<Standing> {
    if (!key.arn) return MISSING;
    const { KeyRotationEnabled } = await about("kms:GetKeyRotationStatus", (KeyId) =>
      kms.send(new GetKeyRotationStatusCommand({ KeyId })),
    );
    return KeyRotationEnabled ? RIGHT : MISSING;
  }

  async function makeRotation() {
    await about("kms:EnableKeyRotation", (KeyId) => kms.send(new EnableKeyRotationCommand({ KeyId })));
  }

  async function presentPolicy(): Promise<Policy> {
    const { Policy: text = "" } = await about("kms:GetKeyPolicy", (KeyId) =>
      kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" })),
    );
    return JSON.parse(text) as Policy;
  }

  async function lookPolicy(): Promise<Standing> {
    if (!key.arn) return MISSING;
    const missing = missingStatements(await presentPolicy(), policy);
    return missing.length === 0 ? RIGHT : different(`lacks ${missing.join(", ")}`);
  }

  async function makePolicy() {
    const Policy = JSON.stringify(mergePolicy(await presentPolicy(), policy));
    await about("kms:PutKeyPolicy", (KeyId) => kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy })));
  }

  async function lookTags(): Promise<Standing> {
    if (!key.arn) return MISSING;
    const { Tags = [] } = await about("kms:ListResourceTags", (KeyId) => kms.send(new ListResourceTagsCommand({ KeyId })));
    const missing = Object.keys(tags).filter(
      (name) => !Tags.some(({ TagKey, TagValue }) => TagKey === name && TagValue === tags[name]),
    );
    return missing.length === 0 ? RIGHT : different(`lack ${missing.join(", ")}`);
  }

  async function makeTags() {
    await about("kms:TagResource", (KeyId) =>
      kms.send(new TagResourceCommand({ KeyId, Tags: tagList("TagKey", "TagValue", tags) })),
    );
  }

  async function describe(KeyId: string): Promise<KeyMetadata | undefined> {
    return asking({ action: "kms:DescribeKey", on }, () =>
      unlessNamed(["NotFoundException"], async () => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata),
    );
  }

  /** A key of ours that a run made before it broke off: it has our description and no alias yet. */
  async function orphan(): Promise<KeyMetadata | undefined> {
    let Marker: string | undefined;
    do {
      const page = await asking({ action: "kms:ListKeys", on: `account ${scope.account}` }, () =>
        kms.send(new ListKeysCommand({ Marker })),
      );
      for (const { KeyId } of page.Keys ?? []) {
        const found = KeyId === undefined ? undefined : await describe(KeyId);
        if (found?.Description === description && found.KeyState === "Enabled") return found;
      }
      Marker = page.Truncated ? page.NextMarker : undefined;
    } while (Marker !== undefined);
    return undefined;
  }

  /** Asks about the key, again for a while when it was made just now. */
  async function about<Answer>(action: string, call: (keyId: string) => Promise<Answer>): Promise<Answer> {
    const KeyId = key.arn ?? "";
    return asking({ action, on }, async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await call(KeyId);
        } catch (error) {
          if (errorName(error) !== "NotFoundException" || attempt === SPREADING) throw error;
          await wait(1_000);
        }
      }
    });
  }
}

/** Tags as an API lists them: KMS says TagKey and TagValue, S3 Key and Value. */
export function tagList<Name extends string, Value extends string>(
  name: Name,
  value: Value,
  tags: Record<string, string>,
): (Record<Name, string> & Record<Value, string>)[] {
  return Object.entries(tags).map(
    ([key, text]) => ({ [name]: key, [value]: text }) as Record<Name, string> & Record<Value, string>,
  );
}
