import { describe, expect, test } from "vitest";
import { placeProblems } from "./check-place.ts";

const dev = { name: "dev", account: "222222222222", region: "eu-west-1" };

describe("the place of a stack", () => {
  test("is good when its file says what settings say, and when it says nothing", () => {
    expect(placeProblems(dev, { region: "eu-west-1", allowedAccountIds: ["222222222222"] })).toEqual([]);
    expect(placeProblems(dev, {})).toEqual([]);
  });

  test("in another account is refused: the message names file, both accounts and the command", () => {
    const [problem, ...more] = placeProblems(dev, { region: "eu-west-1", allowedAccountIds: ["444444444444"] });
    expect(problem).toMatch(
      /^Pulumi\.dev\.yaml allows account 444444444444 .* "dev" into 222222222222\. Run `npx fairway config`/,
    );
    expect(more).toEqual([]);
  });

  test("that allows a second account beside its own is refused: its credentials would work", () => {
    expect(placeProblems(dev, { allowedAccountIds: ["222222222222", "444444444444"] })).toHaveLength(1);
  });

  test("that allows no account is refused", () => {
    expect(placeProblems(dev, { allowedAccountIds: [] })[0]).toMatch(/allows account \(none\)/);
  });

  test("in another region is refused, and what a move would mean is said", () => {
    expect(placeProblems(dev, { region: "us-east-1" })[0]).toMatch(
      /^Pulumi\.dev\.yaml has aws:region us-east-1, .* "dev" into eu-west-1\. .*would be made anew/,
    );
  });
});
