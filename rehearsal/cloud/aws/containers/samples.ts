import type { PropertyMap } from "@fairway/engine";
import { arnPattern, type Sample, samplePolicy } from "../sample.ts";

const lifecycle = (...rules: PropertyMap[]) => JSON.stringify({ rules });

const expireUntagged = {
  rulePriority: 1,
  selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
  action: { type: "expire" },
};

const selecting = (selection: PropertyMap): PropertyMap => ({
  policy: lifecycle({ ...expireUntagged, selection: { ...expireUntagged.selection, ...selection } }),
});

export const containerSamples: Sample[] = [
  {
    type: "aws:ecr/repository:Repository",
    good: {
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "AES256" }],
    },
    id: /^sample-[0-9a-f]{7}$/,
    outputs: {
      arn: arnPattern("ecr", "repository/sample-[0-9a-f]{7}"),
      registryId: /^111122223333$/,
      repositoryUrl: /^111122223333\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/sample-[0-9a-f]{7}$/,
    },
    bad: [
      [{ name: "Acme/catalog" }, "name", /lower-case letters and digits/],
      [{ name: "acme/" }, "name", /lower-case letters and digits/],
      [{ name: "a" }, "name", /at least 2/],
      [{ imageTagMutability: "FIXED" }, "imageTagMutability", /Use one of MUTABLE, IMMUTABLE/],
      [
        { imageTagMutabilityExclusionFilters: [{ filter: "latest", filterType: "WILDCARD" }] },
        "imageTagMutabilityExclusionFilters",
        /is not for IMMUTABLE/,
      ],
      [
        { encryptionConfigurations: [{ encryptionType: "AES128" }] },
        "encryptionConfigurations[0].encryptionType",
        /Use one of AES256, KMS/,
      ],
      [{ encryptionConfigurations: [{ kmsKey: "key" }] }, "encryptionConfigurations[0].kmsKey", /is not for AES256/],
    ],
  },
  {
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    good: { repository: "acme/catalog", policy: samplePolicy({ Action: "ecr:BatchGetImage", Principal: "*" }) },
    id: /^acme\/catalog$/,
    outputs: { registryId: /^111122223333$/ },
    bad: [[{ policy: "allow" }, "policy", /is not JSON/]],
  },
  {
    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    good: { repository: "acme/catalog", policy: lifecycle(expireUntagged) },
    id: /^acme\/catalog$/,
    outputs: { registryId: /^111122223333$/ },
    bad: [
      [{ policy: "expire" }, "policy", /is not JSON/],
      [{ policy: lifecycle() }, "policy", /has no rules/],
      [{ policy: lifecycle(expireUntagged, expireUntagged) }, "policy", /two rules have the priority 1/],
      [selecting({ tagStatus: "tagged" }), "policy", /needs one of tagPrefixList and tagPatternList/],
      [selecting({ tagStatus: "all" }), "policy", /is not tagged, untagged or any/],
      [selecting({ countNumber: 0 }), "policy", /countNumber is not 1 or more/],
      [selecting({ countType: "imageCountMoreThan" }), "policy", /countUnit is not for imageCountMoreThan/],
      [
        {
          policy: lifecycle(
            { ...expireUntagged, selection: { ...expireUntagged.selection, tagStatus: "any" } },
            { ...expireUntagged, rulePriority: 2 },
          ),
        },
        "policy",
        /takes any image, so it must have the highest rulePriority/,
      ],
    ],
  },
];
