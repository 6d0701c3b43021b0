import { describe, expect, test } from "vitest";
import { authorityRecords } from "./hosted-zone.ts";

describe("who may issue certificates", () => {
  test("is said once an authority, in alphabetical order, so that their order in a file changes nothing", () => {
    expect(authorityRecords(["letsencrypt.org", "amazon.com", "amazon.com"])).toEqual([
      '0 issue "amazon.com"',
      '0 issue "letsencrypt.org"',
    ]);
  });

  test("is never nobody: ACM could not issue ours", () => {
    expect(() => authorityRecords([])).toThrow(/Name at least "amazon\.com" in dns:certificateAuthorities/);
  });
});
