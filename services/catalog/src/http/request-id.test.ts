import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requestId, traceId } from "./request-id.ts";

const ROOT = "1-67891233-abcdef012345678912345678";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("a request id", () => {
  test("is the caller's", () =>
    expect(requestId({ headers: { "x-request-id": "checkout-7f3a", "x-amzn-trace-id": `Root=${ROOT}` } })).toBe("checkout-7f3a"));
  test("is else the load balancer's trace", () =>
    expect(requestId({ headers: { "x-amzn-trace-id": `Root=${ROOT}` } })).toBe(ROOT));
  test("is else a new one each time", () => {
    expect(requestId({ headers: {} })).toMatch(UUID);
    expect(requestId({ headers: {} })).not.toBe(requestId({ headers: {} }));
  });
  test("never carries anything into logs and headers but plain characters, whatever the caller sends", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.constant("a\r\nset-cookie: b"), fc.constant("x".repeat(129))),
        (text) => {
          expect(requestId({ headers: { "x-request-id": text } })).toMatch(/^[\w.:=+/-]{8,128}$/);
        },
      ),
    );
  });
});

describe("a trace id", () => {
  test.each([
    `Root=${ROOT}`,
    `Self=1-67891234-12456789abcdef012345678;Root=${ROOT}`,
    `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`,
  ])("is the root of %s", (header) => expect(traceId({ headers: { "x-amzn-trace-id": header } })).toBe(ROOT));
  test.each(["", "Root=", "Root=1-2-3", `Root=${ROOT}0`, `NotRoot=${ROOT}`])("is not read from %j", (header) =>
    expect(traceId({ headers: { "x-amzn-trace-id": header } })).toBeUndefined(),
  );
});
