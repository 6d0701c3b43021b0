import { arnPattern, type Sample, sampleArn, UUID } from "../sample.ts";

const TOPIC = sampleArn("sns", "cost");
const notification = {
  comparisonOperator: "GREATER_THAN",
  notificationType: "FORECASTED",
  threshold: 100,
  thresholdType: "PERCENTAGE",
  subscriberSnsTopicArns: [TOPIC],
};
const MONITOR = `arn:aws:ce::111122223333:anomalymonitor/11111111-2222-4333-8444-555555555555`;

export const accountSamples: Sample[] = [
  {
    type: "aws:budgets/budget:Budget",
    good: { budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "400", limitUnit: "USD", notifications: [notification] },
    id: /^111122223333:sample-[0-9a-f]{7}$/,
    outputs: { arn: /^arn:aws:budgets::111122223333:budget\/sample-[0-9a-f]{7}$/ },
    bad: [
      [{ budgetType: "MONEY" }, "budgetType", /Use one of USAGE, COST/],
      [{ timeUnit: "WEEKLY" }, "timeUnit", /DAILY, MONTHLY/],
      [{ limitAmount: "$400" }, "limitAmount", /an amount as text/],
      [
        { notifications: [{ ...notification, notificationType: "GUESSED" }] },
        "notifications[0].notificationType",
        /ACTUAL, FORECASTED/,
      ],
      [
        {
          notifications: [
            { comparisonOperator: "GREATER_THAN", notificationType: "ACTUAL", threshold: 80, thresholdType: "PERCENTAGE" },
          ],
        },
        "notifications[0]",
        /tells nobody/,
      ],
      [{ notifications: Array.from({ length: 11 }, () => notification) }, "notifications", /at most 10/],
    ],
  },
  {
    type: "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
    good: { monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" },
    id: new RegExp(`^arn:aws:ce::111122223333:anomalymonitor/${UUID}$`),
    bad: [
      [{ monitorDimension: null }, "monitorDimension", /is needed by type DIMENSIONAL/],
      [{ monitorType: "CUSTOM" }, "monitorSpecification", /is needed by type CUSTOM/],
      [{ monitorType: "ALL" }, "monitorType", /DIMENSIONAL, CUSTOM/],
    ],
  },
  {
    type: "aws:costexplorer/anomalySubscription:AnomalySubscription",
    good: { frequency: "IMMEDIATE", monitorArnLists: [MONITOR], subscribers: [{ type: "SNS", address: TOPIC }] },
    id: new RegExp(`^arn:aws:ce::111122223333:anomalysubscription/${UUID}$`),
    bad: [
      [{ frequency: "DAILY" }, "subscribers[0]", /of type SNS goes with frequency IMMEDIATE/],
      [{ subscribers: [{ type: "EMAIL", address: "a@b.example" }] }, "subscribers[0]", /DAILY or WEEKLY, not IMMEDIATE/],
      [{ monitorArnLists: [] }, "monitorArnLists", /at least 1/],
    ],
  },
  {
    type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    good: { enabled: true },
    id: /^default$/,
    bad: [[{ enable: true }, "enable", /Did you mean enabled/]],
  },
  {
    type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    good: { state: "block-all-sharing" },
    id: /^default$/,
    bad: [[{ state: "blocked" }, "state", /block-all-sharing/]],
  },
  {
    type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    good: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    id: /^eu-west-1$/,
    bad: [
      [{ httpTokens: "always" }, "httpTokens", /optional, required/],
      [{ httpPutResponseHopLimit: 65 }, "httpPutResponseHopLimit", /1 to 64 hops/],
    ],
  },
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    good: { blockPublicAcls: true },
    id: /^111122223333$/,
    bad: [[{ blockPublicAcl: true }, "blockPublicAcl", /Did you mean blockPublicAcls/]],
  },
  {
    type: "aws:accessanalyzer/analyzer:Analyzer",
    good: { analyzerName: "acme" },
    id: /^acme$/,
    outputs: { arn: arnPattern("access-analyzer", "analyzer/acme") },
    bad: [
      [{ analyzerName: "1st" }, "analyzerName", /beginning with a letter/],
      [{ type: "REGION" }, "type", /ACCOUNT, ACCOUNT_INTERNAL_ACCESS/],
    ],
  },
];
