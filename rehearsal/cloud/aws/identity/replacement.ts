import type { Replacements } from "../../models/model.ts";
import { REGION, generallyKnown, read } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const identityReplacement: Record<string, Replacements> = {
  "aws:iam/role:Role": { source: read("iam/role.go"), properties: ["name", "namePrefix", "path"] },
  "aws:iam/rolePolicy:RolePolicy": { source: generallyKnown("iam/role_policy.go"), properties: ["name", "namePrefix", "role"] },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    source: generallyKnown("iam/role_policy_attachment.go"),
    properties: ["role", "policyArn"],
  },
  "aws:iam/policy:Policy": { source: generallyKnown("iam/policy.go"), properties: ["name", "namePrefix", "path", "description"] },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    source: generallyKnown("iam/openid_connect_provider.go"),
    properties: ["url"],
  },
  "aws:kms/key:Key": {
    source: read("kms/key.go"),
    properties: [REGION, "customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId", "xksKeyId"],
  },
  "aws:kms/alias:Alias": { source: generallyKnown("kms/alias.go"), properties: [REGION, "name", "namePrefix"] },
  "aws:secretsmanager/secret:Secret": {
    source: read("secretsmanager/secret.go"),
    properties: [REGION, "name", "namePrefix", "type"],
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    source: read("secretsmanager/secret_version.go"),
    properties: [REGION, "secretId", "secretString", "secretBinary", "secretStringWoVersion"],
  },
  "aws:ssm/parameter:Parameter": { source: generallyKnown("ssm/parameter.go"), properties: [REGION, "name", "dataType"] },
};
