import { unknown } from "@fairway/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyProblem, labelProblem, nameProblem } from "./names.ts";
import { parseQuantity } from "./quantity.ts";
import { scheduleProblem } from "./schedule.ts";
import { selects } from "./selectors.ts";

const word = fc.stringMatching(/^[a-z]{1,4}$/);
const labels = fc.dictionary(word, word, { maxKeys: 4 });

describe("a quantity", () => {
  test("means the same in every way to write it", () => {
    const same = [
      ["1", "1000m", "1e0", "1.0", "0.001k"],
      ["2Gi", "2048Mi", "2147483648"],
      ["1k", "1000", "1E3", "1000000m"],
      ["250m", "0.25", ".25"],
    ];
    for (const ways of same) expect(new Set(ways.map(parseQuantity)).size, ways.join(" = ")).toBe(1);
  });

  test("of whole numbers keeps their order and their sums", () => {
    const number = fc.integer({ min: 0, max: 1_000_000 });
    const unit = fc.constantFrom("", "k", "M", "Ki", "Mi", "m");
    fc.assert(
      fc.property(number, number, unit, (a, b, of) => {
        const [one, other, sum] = [a, b, a + b].map((each) => parseQuantity(`${each}${of}`)!);
        expect(one! < other!).toBe(a < b);
        expect(one! + other!).toBe(sum);
      }),
    );
  });

  test.each(["", "1 Gi", "1GB", "1.2.3", "Gi", "ten", "1mi", "1e", "--1", "."])('is not "%s"', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });
});

describe("a label selector", () => {
  test("selects whatever has its labels and more, and nothing that lacks one", () => {
    fc.assert(
      fc.property(labels, labels, (wanted, more) => {
        expect(selects({ matchLabels: wanted }, { ...more, ...wanted })).toBe(true);
        const [first] = Object.keys(wanted);
        if (first === undefined) return;
        const { [first]: _, ...without } = { ...more, ...wanted };
        expect(selects({ matchLabels: wanted }, without)).toBe(false);
      }),
    );
  });

  test("and its negation never agree", () => {
    const pairs = fc.constantFrom(["In", "NotIn"], ["Exists", "DoesNotExist"]);
    fc.assert(
      fc.property(labels, word, fc.array(word, { minLength: 1 }), pairs, (given, key, values, [one = "", other = ""]) => {
        const says = (operator: string) => selects({ matchExpressions: [{ key, operator, values }] }, given);
        expect(says(one)).toBe(!says(other));
      }),
    );
  });

  test("says neither yes nor no of what is not known yet, unless something known decides", () => {
    expect(selects({ matchLabels: { app: unknown } }, { app: "web" })).toBeUndefined();
    expect(selects({ matchLabels: { app: "web" } }, unknown)).toBeUndefined();
    expect(selects({ matchLabels: { app: unknown, tier: "one" } }, { app: "web", tier: "two" })).toBe(false);
  });
});

describe("a schedule", () => {
  test.each(["* * * * *", "*/15 0-6 1,15 jan-mar MON", "@daily", "0 0 ? * 0", "5/10 * * * *"])("may be %s", (schedule) => {
    expect(scheduleProblem(schedule)).toBeUndefined();
  });

  test.each([
    ["60 * * * *", /"60" is no minute/],
    ["* * 0 * *", /is no day of the month/],
    ["* * * 13 *", /is no month/],
    ["* * * * 8", /is no day of the week/],
    ["6-3 * * * *", /"6-3" is no minute/],
    ["*/0 * * * *", /"\*\/0" is no minute/],
    ["TZ=UTC 0 3 * * *", /Set spec.timeZone/],
    ["0 0 3 * * *", /has 6 fields/],
  ])("is not %s", (schedule, reason) => {
    expect(scheduleProblem(schedule)).toMatch(reason);
  });
});

describe("a name", () => {
  test("that is a label is also a subdomain, and a Service's is a label", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 70 }), (name) => {
        const isGood = (form: Parameters<typeof nameProblem>[0]) => nameProblem(form, name) === undefined;
        expect(!isGood("service") || isGood("label")).toBe(true);
        expect(!isGood("label") || isGood("subdomain")).toBe(true);
      }),
    );
  });

  test("has its longest length, and not one more", () => {
    for (const [form, longest] of [
      ["label", 63],
      ["service", 63],
      ["subdomain", 253],
      ["path", 253],
    ] as const) {
      expect(nameProblem(form, "a".repeat(longest))).toBeUndefined();
      expect(nameProblem(form, "a".repeat(longest + 1))).toMatch(/Shorten it/);
    }
  });

  test("of a label may have a domain, its value may be empty but is no text", () => {
    expect(["app", "app.kubernetes.io/name", "fairway/to-https"].map(keyProblem)).toEqual([undefined, undefined, undefined]);
    for (const key of ["", "/name", "a/b/c", "-app", "Example.com/app", "a".repeat(64)]) expect(keyProblem(key)).toBeDefined();
    expect(["", "v1.2", "A_b"].map(labelProblem)).toEqual([undefined, undefined, undefined]);
    for (const value of ["two words", "-x", "a".repeat(64)]) expect(labelProblem(value)).toBeDefined();
  });
});
