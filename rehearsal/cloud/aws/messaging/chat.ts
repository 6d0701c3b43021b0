import type { Model } from "../../models/model.ts";
import { arnOf, list, oneOf, text } from "../../rules/text.ts";
import { globalArn, text as textOf } from "../names.ts";

/** A Slack channel that hears of topics (AWS Chatbot API reference, CreateSlackChannelConfiguration). */
export const chatModel: Model = {
  type: "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
  defaults: { loggingLevel: "NONE", userAuthorizationRequired: false },
  rules: {
    configurationName: text({ min: 1, max: 128, pattern: /^[\w-]+$/, allowed: "letters, digits, - and _" }),
    slackChannelId: text({ min: 1, max: 256, pattern: /^[A-Za-z0-9]+$/, allowed: "a channel's id, for example C0123ABCD" }),
    slackTeamId: text({ min: 1, max: 255, pattern: /^[0-9A-Z]+$/, allowed: "a workspace's id, for example T0123ABCD" }),
    iamRoleArn: arnOf("iam"),
    loggingLevel: oneOf("ERROR", "INFO", "NONE"),
    guardrailPolicyArns: list({ max: 20 }, arnOf("iam")),
    snsTopicArns: list({ max: 100 }, arnOf("sns")),
  },
  id: (making) =>
    globalArn(making.place, "chatbot", `chat-configuration/slack-channel/${textOf(making.inputs, "configurationName")}`),
  outputs: (made) => ({
    chatConfigurationArn: made.id,
    guardrailPolicyArns: made.inputs.guardrailPolicyArns ?? ["arn:aws:iam::aws:policy/AdministratorAccess"],
    snsTopicArns: made.inputs.snsTopicArns ?? [],
    // Slack knows the names that people gave; here they are the ids.
    slackChannelName: textOf(made.inputs, "slackChannelId").toLowerCase(),
    slackTeamName: textOf(made.inputs, "slackTeamId").toLowerCase(),
  }),
};
