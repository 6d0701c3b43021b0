import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CURSOR_LENGTH, decodeCursor, encodeCursor, InvalidCursor } from "./cursor.ts";

const position = fc.record({
  key: fc.oneof(fc.string({ unit: "binary", maxLength: 120 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  id: fc.stringMatching(/^[a-z0-9-]{1,64}$/),
});
const query = fc.record(
  { q: fc.string({ maxLength: 100 }), sort: fc.constantFrom("name", "price"), minPrice: fc.nat() },
  { requiredKeys: [] },
);

describe("a cursor", () => {
  test("gives back the position that it was made from, for the same query", () => {
    fc.assert(
      fc.property(position, query, (at, asked) => {
        // -0 and 0 are the same position, and JSON knows only one of them.
        expect(decodeCursor(encodeCursor(at, asked), asked)).toEqual({ ...at, key: at.key === 0 ? 0 : at.key });
      }),
    );
  });

  test("does not depend on the order in which the query's fields were written", () => {
    const cursor = encodeCursor({ key: 1, id: "a" }, { q: "rope", sort: "price" });
    expect(decodeCursor(cursor, { sort: "price", q: "rope" })).toEqual({ key: 1, id: "a" });
  });

  test("is refused for another query, and says what to do", () => {
    fc.assert(
      fc.property(position, query, query, (at, made, asked) => {
        fc.pre(!isDeepStrictEqual(made, asked));
        expect(() => decodeCursor(encodeCursor(at, made), asked)).toThrow(
          /belongs to a list with other filters.*leave the cursor out/,
        );
      }),
    );
  });

  test("that was never made here is refused, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((text) => Buffer.from(text).toString("base64url")),
        ),
        (text) => {
          expect(() => decodeCursor(text, {})).toThrow(InvalidCursor);
        },
      ),
    );
  });

  test("fits in a URL: no character needs escaping, and the longest name and id stay below the limit", () => {
    const cursor = encodeCursor({ key: "\u{1F6A2}".repeat(60), id: "x".repeat(64) }, {});
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(cursor.length).toBeLessThanOrEqual(CURSOR_LENGTH);
  });
});
