import { describe, expect, test } from "vitest";
import type { Action, Condition, ListenerRule } from "../world/load-balancers.ts";
import { redirectLocation } from "./answers.ts";
import { holds, type RoutedRequest, route } from "./routing.ts";

function request(changes: Partial<RoutedRequest> = {}): RoutedRequest {
  return { method: "GET", url: "/", host: "shop.example", headers: {}, sourceIp: "127.0.0.1", ...changes };
}

const path = (...patterns: string[]): Condition => ({ field: "path-pattern", patterns, regexes: [] });

function answer(status: number): Action {
  return { kind: "fixed-response", status, contentType: "text/plain", body: "" };
}

function rule(priority: number, conditions: Condition[], actions: Action[]): ListenerRule {
  return { arn: `rule-${priority}`, listenerArn: "listener", priority, conditions, actions };
}

describe("path-pattern", () => {
  test.each([
    ["/catalog/*", "/catalog/products", true],
    ["/catalog/*", "/catalog/", true],
    ["/catalog/*", "/catalog", false],
    ["/catalog/*", "/Catalog/products", false],
    ["/catalog/*", "/catalog/a/b?c=/d", true],
    ["/img?/*", "/img1/x", true],
    ["/img?/*", "/img/x", false],
    ["/a.b", "/axb", false],
    ["/a\\*", "/a*", true],
    ["/a\\*", "/ab", false],
    ["*", "/anything", true],
    ["/query", "/query?x=1", true],
  ])("%s on %s: %s", (pattern, url, expected) => {
    expect(holds(path(pattern), request({ url }))).toBe(expected);
  });
});

describe("other conditions", () => {
  test("host-header ignores the letters' case", () => {
    const condition: Condition = { field: "host-header", patterns: ["*.Example"], regexes: [] };
    expect(holds(condition, request({ host: "shop.example" }))).toBe(true);
    expect(holds(condition, request({ host: "example" }))).toBe(false);
  });

  test("http-header looks at each value of the named header", () => {
    const condition: Condition = { field: "http-header", name: "x-canary", patterns: ["yes*"], regexes: [] };
    expect(holds(condition, request({ headers: { "x-canary": "yes, please" } }))).toBe(true);
    expect(holds(condition, request({ headers: { "x-canary": "no" } }))).toBe(false);
    expect(holds(condition, request())).toBe(false);
  });

  test("http-request-method is exact", () => {
    const condition: Condition = { field: "http-request-method", methods: ["GET", "HEAD"] };
    expect(holds(condition, request({ method: "HEAD" }))).toBe(true);
    expect(holds(condition, request({ method: "POST" }))).toBe(false);
  });

  test("query-string holds when one pair does", () => {
    const condition: Condition = { field: "query-string", pairs: [{ key: "version", value: "v?" }, { value: "beta" }] };
    expect(holds(condition, request({ url: "/?version=v2" }))).toBe(true);
    expect(holds(condition, request({ url: "/?any=beta" }))).toBe(true);
    expect(holds(condition, request({ url: "/?version=10" }))).toBe(false);
  });

  test("source-ip is a range of addresses", () => {
    const condition: Condition = { field: "source-ip", ranges: ["10.0.0.0/8", "127.0.0.1/32"] };
    expect(holds(condition, request({ sourceIp: "127.0.0.1" }))).toBe(true);
    expect(holds(condition, request({ sourceIp: "127.0.0.2" }))).toBe(false);
  });
});

describe("rules", () => {
  const rules = [rule(20, [path("/a*")], [answer(220)]), rule(10, [path("/ab*")], [answer(210)])];

  test("the lowest priority that holds decides", () => {
    expect(route(request({ url: "/abc" }), rules, [answer(404)])).toEqual([answer(210)]);
    expect(route(request({ url: "/ac" }), rules, [answer(404)])).toEqual([answer(220)]);
  });

  test("what no rule takes gets the default action", () => {
    expect(route(request({ url: "/b" }), rules, [answer(404)])).toEqual([answer(404)]);
  });

  test("every condition of a rule must hold", () => {
    const both = rule(1, [path("/a"), { field: "http-request-method", methods: ["POST"] }], [answer(200)]);
    expect(route(request({ url: "/a" }), [both], [answer(404)])).toEqual([answer(404)]);
    expect(route(request({ url: "/a", method: "POST" }), [both], [answer(404)])).toEqual([answer(200)]);
  });
});

describe("redirects", () => {
  const keep = { kind: "redirect", status: 301, protocol: "#{protocol}", host: "#{host}", port: "#{port}" } as const;
  const https = { protocol: "HTTPS", port: 443 };

  test("fill in what the request had", () => {
    const action = { ...keep, host: "new.example", path: "/v2/#{path}", query: "#{query}&moved=1" };
    expect(redirectLocation("/a/b?c=d", "old.example", action, https)).toBe("https://new.example/v2/a/b?c=d&moved=1");
  });

  test("that lead back to the listener lead to the gateway", () => {
    const action = { ...keep, path: "/elsewhere", query: "" };
    expect(redirectLocation("/a", "127.0.0.1:8080", action, https)).toBe("http://127.0.0.1:8080/elsewhere");
  });
});
