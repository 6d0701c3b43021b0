import { expect, test } from "vitest";
import { podTrust } from "./cluster-telemetry.ts";

test("a pod's role trusts one service account of one namespace of one cluster", () => {
  const cluster = "arn:aws:eks:eu-west-1:222222222222:cluster/acme-dev";
  const { Statement } = podTrust(
    { account: "222222222222", region: "eu-west-1" },
    cluster,
    "amazon-cloudwatch",
    "cloudwatch-agent",
  );
  expect(Statement).toEqual([
    {
      Sid: "PodIdentity",
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn": cluster,
          "aws:RequestTag/kubernetes-namespace": "amazon-cloudwatch",
          "aws:RequestTag/kubernetes-service-account": "cloudwatch-agent",
          "aws:SourceAccount": "222222222222",
        },
      },
    },
  ]);
});
