import type { RoleDefaults } from "@fairway/settings";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../../documents/json.ts";
import { policyDocument, type Statement } from "../../documents/policy.ts";

/** Arguments of {@link ChatChannel}. */
export interface ChatChannelArgs {
  account: string;
  /** Unique in the account, for example `acme-dev-shopping`. */
  configurationName: string;
  /** Slack's ids of workspace and channel, for example T0123ABCD and C0123ABCD. */
  chat: { workspace: string; channel: string };
  /** ARNs of the topics that the channel shows, of any region. */
  topics: pulumi.Input<string>[];
  /** Path and boundary of the channel's role. */
  roleDefaults: RoleDefaults;
  /** Last word on each child's arguments. */
  transform?: {
    configuration?: (args: aws.chatbot.SlackChannelConfigurationArgs) => aws.chatbot.SlackChannelConfigurationArgs;
    role?: (args: aws.iam.RoleArgs) => aws.iam.RoleArgs;
  };
}

/** The most that anybody may do from a channel, whatever role they bring: without it AWS allows everything. */
const GUARDRAILS = ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"];

/**
 * A Slack channel in which Amazon Q Developer shows a team's alarms, each with its graph.
 *
 * The workspace is authorised once by hand, in the console of Amazon Q Developer in chat applications: AWS offers no other way.
 *
 * Cost: nothing.
 */
export class ChatChannel extends pulumi.ComponentResource {
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { role: aws.iam.Role; configuration: aws.chatbot.SlackChannelConfiguration };

  constructor(name: string, args: ChatChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:ChatChannel", name, {}, opts);
    const parent = this;

    const role = createRole();
    const configuration = createConfiguration();

    this.nodes = { role, configuration };
    this.registerOutputs({});

    function createRole() {
      const wanted: aws.iam.RoleArgs = {
        ...args.roleDefaults,
        description: `What channel ${args.configurationName} shows: alarms and graphs`,
        // No condition on the source: it is not documented which one this service sends. The role reads metrics only.
        assumeRolePolicy: jsonDocument(
          policyDocument([{ Sid: "AssumeRole", Principal: { Service: "chatbot.amazonaws.com" }, Action: "sts:AssumeRole" }]),
        ),
      };
      const made = new aws.iam.Role(name, args.transform?.role?.(wanted) ?? wanted, { parent });
      new aws.iam.RolePolicy(
        name,
        { role: made.id, policy: jsonDocument(policyDocument(chatStatements(args.account))) },
        { parent },
      );
      return made;
    }

    function createConfiguration() {
      const wanted: aws.chatbot.SlackChannelConfigurationArgs = {
        configurationName: args.configurationName,
        slackTeamId: args.chat.workspace,
        slackChannelId: args.chat.channel,
        snsTopicArns: args.topics,
        iamRoleArn: role.arn,
        guardrailPolicyArns: GUARDRAILS,
        loggingLevel: "ERROR",
        userAuthorizationRequired: true, // else who is in the channel acts as the channel's role
      };
      return new aws.chatbot.SlackChannelConfiguration(name, args.transform?.configuration?.(wanted) ?? wanted, { parent });
    }
  }
}

/** What a channel reads to show an alarm with its graph. Metrics can't be narrowed to resources (IAM reference, 2026-09). */
export function chatStatements(account: string): Statement[] {
  return [
    {
      Sid: "ShowAlarms",
      Action: ["cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms"],
      Resource: `arn:aws:cloudwatch:*:${account}:alarm:*`,
    },
    {
      Sid: "ShowGraphs",
      Action: [
        "cloudwatch:GetMetricData",
        "cloudwatch:GetMetricStatistics",
        "cloudwatch:GetMetricWidgetImage",
        "cloudwatch:ListMetrics",
      ],
      Resource: "*",
    },
  ];
}
