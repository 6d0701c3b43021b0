import type { PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { policyDocument, sameJson } from "../../rules/policy.ts";
import { between, oneOf, text } from "../../rules/text.ts";
import { arn, capitals, text as textOf, uuid } from "../names.ts";

/** Secrets Manager's secrets and SSM's parameters. */
export const secretModels: Model[] = [
  {
    type: "aws:secretsmanager/secret:Secret",
    guarded: "data",
    autoName: { property: "name", max: 512 },
    defaults: { recoveryWindowInDays: 30, forceOverwriteReplicaSecret: false },
    rules: {
      name: text({ min: 1, max: 512, pattern: /^[\w/+=.@-]+$/, allowed: "letters, digits and / _ + = . @ -" }),
      recoveryWindowInDays: (value, inputs) =>
        value === 0 ? undefined : between(7, 30, "days, or 0 to delete at once")(value, inputs),
      description: text({ max: 2048 }),
      policy: policyDocument(20_480),
    },
    same: { policy: sameJson },
    // Secrets Manager appends six letters and digits to the name.
    id: (making) =>
      arn(making.place, "secretsmanager", `secret:${textOf(making.inputs, "name")}-${capitals(making, "secret", 6)}`),
    outputs: (made) => ({ arn: made.id, policy: made.inputs.policy ?? "", replicas: made.inputs.replicas ?? [] }),
  },
  {
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    rules: {
      secretString: (value) =>
        Buffer.byteLength(String(value)) > 65_536 ? "is over 65536 bytes. Keep large values elsewhere." : undefined,
    },
    validate: (inputs, fail) => exactlyOne(inputs, ["secretString", "secretBinary", "secretStringWo"], fail),
    id: (making) => `${textOf(making.inputs, "secretId")}|${uuid(making, "version")}`,
    outputs: (made) => ({
      arn: textOf(made.inputs, "secretId"),
      hasSecretStringWo: made.inputs.secretStringWo !== undefined,
      secretArn: textOf(made.inputs, "secretId"),
      versionId: made.id.slice(made.id.lastIndexOf("|") + 1),
      versionStages: made.inputs.versionStages ?? ["AWSCURRENT"],
    }),
  },
  {
    type: "aws:ssm/parameter:Parameter",
    autoName: { property: "name", max: 1011 },
    defaults: { tier: "Standard" },
    rules: {
      name: text({ min: 1, max: 1011, pattern: /^[\w./-]+$/, allowed: "letters, digits and . _ - /" }),
      type: oneOf("String", "StringList", "SecureString"),
      tier: oneOf("Standard", "Advanced", "Intelligent-Tiering"),
      dataType: oneOf("text", "aws:ec2:image", "aws:ssm:integration"),
      description: text({ max: 1024 }),
    },
    validate: (inputs, fail) => {
      exactlyOne(inputs, ["value", "insecureValue", "valueWo"], fail);
      const value = inputs.value ?? inputs.insecureValue;
      const limit = inputs.tier === "Standard" ? 4096 : 8192;
      if (typeof value === "string" && Buffer.byteLength(value) > limit) {
        fail("value", `is over ${limit} bytes, the limit of tier ${textOf(inputs, "tier")}. Shorten it or use Advanced.`);
      }
      if (inputs.insecureValue !== undefined && inputs.type === "SecureString")
        fail("insecureValue", "is not for a SecureString. Use value.");
    },
    id: (making) => textOf(making.inputs, "name"),
    outputs: (made) => ({
      arn: made.inputs.arn ?? arn(made.place, "ssm", `parameter/${textOf(made.inputs, "name").replace(/^\//, "")}`),
      dataType: made.inputs.dataType ?? "text",
      hasValueWo: made.inputs.valueWo !== undefined,
      version: typeof made.old?.version === "number" ? made.old.version + 1 : 1,
    }),
    recomputed: { version: ["value", "insecureValue", "valueWoVersion", "type", "description"] },
  },
];

function exactlyOne(inputs: PropertyMap, properties: string[], fail: Fail): void {
  const given = properties.filter((property) => inputs[property] !== undefined);
  if (given.length !== 1) fail(properties[0]!, `exactly one of ${properties.join(", ")} is needed, ${given.length} are set.`);
}
