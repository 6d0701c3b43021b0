import type { Replacements } from "../../models/model.ts";
import { REGION, generallyKnown, read } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const containerReplacement: Record<string, Replacements> = {
  "aws:ecr/repository:Repository": {
    source: read("ecr/repository.go"),
    properties: [REGION, "name", "encryptionConfigurations"],
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": {
    source: generallyKnown("ecr/repository_policy.go"),
    properties: [REGION, "repository"],
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    source: generallyKnown("ecr/lifecycle_policy.go"),
    properties: [REGION, "repository", "policy"],
  },
};
