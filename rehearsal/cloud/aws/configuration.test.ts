import { type PropertyMap, unknown } from "@fairway/engine";
import { describe, expect, test } from "vitest";
import { checkConfiguration, diffConfiguration, readConfiguration } from "./configuration.ts";

describe("the aws provider's configuration", () => {
  test("comes as text, as the stack's configuration carries it", () => {
    const configuration = {
      region: "eu-west-1",
      allowedAccountIds: '["012345678901"]',
      defaultTags: '{"tags":{"Team":"platform"}}',
    };
    expect(checkConfiguration(configuration).failures).toEqual([]);
    expect(readConfiguration(configuration)).toEqual({
      place: { region: "eu-west-1", accountId: "012345678901", partition: "aws", dnsSuffix: "amazonaws.com" },
      defaultTags: { Team: "platform" },
    });
  });

  test("comes as values too, and may hold what is not known yet", () => {
    const configuration = { region: unknown, allowedAccountIds: ["012345678901"], defaultTags: { tags: { a: "b" } } };
    expect(checkConfiguration(configuration).failures).toEqual([]);
    expect(() => readConfiguration(configuration)).toThrow(/region is not known yet/);
    expect(readConfiguration({ ...configuration, region: "eu-west-1" })).toMatchObject({ defaultTags: { a: "b" } });
  });

  test.each<[PropertyMap, string, RegExp]>([
    [{}, "region", /is required. Set aws:region/],
    [{ region: "Ireland" }, "region", /Ireland is not a region. Write it as in eu-west-1/],
    [{ region: "eu-west-1", allowedAccountIds: "[12345678901]" }, "allowedAccountIds", /12 digits in quotes/],
    [{ region: "eu-west-1", allowedAccountIds: "012345678901" }, "allowedAccountIds", /12 digits in quotes/],
    [
      { region: "eu-west-1", allowedAccountIds: '["012345678901"]', forbiddenAccountIds: '["012345678902"]' },
      "forbiddenAccountIds",
      /conflicts with/,
    ],
    [{ region: "eu-west-1", defaultTags: "Team=platform" }, "defaultTags", /is not of the form/],
    [{ region: "eu-west-1", defualtTags: "{}" }, "defualtTags", /Did you mean defaultTags/],
  ])("%o is refused", (configuration, property, reason) => {
    expect(checkConfiguration(configuration).failures).toContainEqual({ property, reason: expect.stringMatching(reason) });
    expect(() => readConfiguration(configuration)).toThrow(reason);
  });

  test.each<[string, PropertyMap, string[]]>([
    ["another region replaces all resources", { region: "us-east-1" }, ["region"]],
    ["another account replaces all resources", { allowedAccountIds: '["999999999999"]' }, ["allowedAccountIds"]],
    ["a second allowed account replaces nothing", { allowedAccountIds: '["012345678901","999999999999"]' }, []],
    ["default tags replace nothing", { defaultTags: '{"tags":{}}' }, []],
  ])("%s", (_, change, replaceKeys) => {
    const before = { region: "eu-west-1", allowedAccountIds: '["012345678901"]' };
    const result = diffConfiguration(before, { ...before, ...change });
    expect(result.changedKeys).toEqual(Object.keys(change));
    expect(result.replaceKeys).toEqual(replaceKeys);
  });

  test("of another version of the SDK is the same", () => {
    const before = { region: "eu-west-1", version: "7.48.0" };
    expect(diffConfiguration(before, { ...before, version: "7.49.0" })).toMatchObject({ changedKeys: [], replaceKeys: [] });
  });
});
