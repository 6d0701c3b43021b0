import { type CiScope, type NamedStatement, ours } from "./scope.ts";

/** Push images of the platform's repositories, and see what was pushed. Nothing is deleted: releases name images by digest. */
export function publish(ci: CiScope): NamedStatement[] {
  return [
    // Can't be narrowed: the token is for the registry (IAM reference for Amazon ECR, 2026-09).
    { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "PushImages",
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      Resource: ours(ci, "ecr", `repository/${ci.platform.name}/*`),
    },
  ];
}
