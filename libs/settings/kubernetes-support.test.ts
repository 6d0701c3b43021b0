import { describe, expect, test } from "vitest";
import { EKS_SUPPORT, supportWarning } from "./index.ts";

describe("the warning about a Kubernetes version", () => {
  test.each([
    ["is silent 91 days before the end", "2026-09-02", undefined],
    ["speaks 90 days before", "2026-09-03", /leaves EKS's standard support in 90 days, on 2026-12-02/],
    ["counts to the last day", "2026-12-01", /in 1 day, on 2026-12-02/],
    ["says on the day itself that it ended", "2026-12-02", /left EKS's standard support on 2026-12-02/],
    ["says so ever after", "2030-01-01", /left EKS's standard support on 2026-12-02/],
  ])("%s", (_, today, said) => {
    const warning = supportWarning("1.34", today);
    if (said) expect(warning).toMatch(said);
    else expect(warning).toBeUndefined();
  });

  test("says what to do: the next minor version, since no more can be skipped", () => {
    expect(supportWarning("1.34", "2026-11-23")).toMatch(/set kubernetes\.version to 1\.35 in platform\.config\.ts/);
  });

  test("knows versions older than its table as ended, and nothing of newer ones", () => {
    expect(supportWarning("1.29", "2026-11-23")).toMatch(/left EKS's standard support long ago/);
    expect(supportWarning("1.99", "2026-11-23")).toBeUndefined();
  });

  test("refuses what is no day", () => {
    expect(() => supportWarning("1.34", "23.11.2026")).toThrow(/"23\.11\.2026" is not a day\. Write it as in 2026-11-23/);
    expect(() => supportWarning("1.34", "2026-13-01")).toThrow(/is not a day/);
  });

  test("stands on a table in which a later version ends later", () => {
    const ends = Object.keys(EKS_SUPPORT)
      .sort((one, other) => Number(one.split(".")[1]) - Number(other.split(".")[1]))
      .map((version) => EKS_SUPPORT[version]!.standardUntil);
    expect(ends).toEqual([...ends].sort());
  });
});
