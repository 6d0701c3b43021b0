import { expect, test } from "vitest";
import { logStatements } from "./alarm-bus.ts";

test("only the bus's own rule writes its log, and only that log", () => {
  const log = "arn:aws:logs:eu-west-1:222222222222:log-group:/aws/events/acme-dev-alarms";
  const rule = "arn:aws:events:eu-west-1:222222222222:rule/acme-dev-alarms/acme-dev-alarms-log";
  const statements = logStatements(log, rule);
  expect(new Set(statements.map(({ Resource }) => Resource))).toEqual(new Set([`${log}:*`]));
  const puts = statements.filter(({ Action }) => Action === "logs:PutLogEvents");
  expect(puts.map(({ Principal, Condition }) => [Principal, Condition])).toEqual([
    [{ Service: "events.amazonaws.com" }, { ArnEquals: { "aws:SourceArn": rule } }],
    [{ Service: "delivery.logs.amazonaws.com" }, { ArnEquals: { "aws:SourceArn": rule } }],
  ]);
});
