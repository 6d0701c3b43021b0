import type { PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { policyDocument, sameJson } from "../../rules/policy.ts";
import { arnOf, oneOf, text } from "../../rules/text.ts";
import { arn, text as textOf, uuid } from "../names.ts";

const PROTOCOLS = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"];

/** Topics and who hears of them (SNS API reference, CreateTopic and Subscribe). */
export const snsModels: Model[] = [
  {
    type: "aws:sns/topic:Topic",
    autoName: { property: "name", max: 256 },
    rules: {
      name: text({ min: 1, max: 256, pattern: /^[\w-]+(\.fifo)?$/, allowed: "letters, digits, hyphens and underscores" }),
      displayName: text({ max: 100 }),
      policy: policyDocument(30_720),
    },
    validate: (inputs, fail) => {
      if (typeof inputs.name !== "string" || inputs.fifoTopic === undefined) return;
      if (inputs.name.endsWith(".fifo") !== inputs.fifoTopic)
        fail("name", `"${inputs.name}": a FIFO topic's name, and no other, ends in .fifo.`);
    },
    same: { policy: sameJson, deliveryPolicy: sameJson },
    id: (making) => arn(making.place, "sns", textOf(making.inputs, "name")),
    outputs: (made) => ({ arn: made.id, beginningArchiveTime: "", owner: made.place.accountId }),
  },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    rules: { arn: arnOf("sns"), policy: policyDocument(30_720) },
    same: { policy: sameJson },
    id: (making) => textOf(making.inputs, "arn"),
    outputs: (made) => ({ owner: made.place.accountId }),
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    defaults: { confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false, rawMessageDelivery: false },
    rules: { topic: arnOf("sns"), protocol: oneOf(...PROTOCOLS), filterPolicyScope: oneOf("MessageAttributes", "MessageBody") },
    validate: checkEndpoint,
    same: { filterPolicy: sameJson, redrivePolicy: sameJson, deliveryPolicy: sameJson },
    id: (making) => `${textOf(making.inputs, "topic")}:${uuid(making, "subscription")}`,
    outputs: (made) => {
      const asked = ["email", "email-json", "http", "https"].includes(textOf(made.inputs, "protocol"));
      const byPerson = asked && made.inputs.endpointAutoConfirms !== true;
      return {
        arn: made.id,
        confirmationWasAuthenticated: !byPerson,
        ownerId: made.place.accountId,
        pendingConfirmation: byPerson,
      };
    },
  },
];

function checkEndpoint({ protocol, endpoint }: PropertyMap, fail: Fail): void {
  if (typeof protocol !== "string" || typeof endpoint !== "string") return;
  const forms: Record<string, [RegExp, string]> = {
    email: [/^[^@\s]+@[^@\s]+$/, "an address"],
    "email-json": [/^[^@\s]+@[^@\s]+$/, "an address"],
    http: [/^http:\/\//, "a URL that begins with http://"],
    https: [/^https:\/\//, "a URL that begins with https://"],
    lambda: [/^arn:aws[\w-]*:lambda:/, "a function's ARN"],
    sms: [/^\+\d{5,15}$/, "a number in E.164 form, for example +15555550100"],
    sqs: [/^arn:aws[\w-]*:sqs:/, "a queue's ARN"],
  };
  const [pattern, form] = forms[protocol] ?? [];
  if (pattern && !pattern.test(endpoint)) fail("endpoint", `"${endpoint}" does not go with ${protocol}. Use ${form}.`);
}
