import type { ServiceContract } from "@fairway/service";
import { describe, expect, test } from "vitest";
import { containerDefinition, stopTimeout } from "./container.ts";
import { capacityStrategy, refuseImpossible } from "./fargate-service.ts";
import { executionStatements } from "./roles.ts";
import { ruleConditions, serviceUrl } from "./routing.ts";

const place = { account: "222222222222", region: "eu-west-1" };
const image = {
  reference: `111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/shop@sha256:${"0".repeat(64)}`,
  digest: `sha256:${"0".repeat(64)}`,
  repositoryArn: "arn:aws:ecr:eu-west-1:111111111111:repository/acme/shop",
};
const contract: ServiceContract = {
  name: "shop",
  owner: "shopping",
  description: "Sells.",
  runtime: "ecs",
  http: { port: 8080, paths: ["/shop", "/shop/*"], healthPath: "/healthz", visibility: "public", drain: "45s" },
  size: { cpu: 0.25, memory: 0.5, architecture: "arm64", spotShare: 0 },
  scale: { min: 2, max: 4 },
  environment: { ZEBRA: "1", APPLE: "2" },
  secrets: { TOKEN: "shop/token", ACCESS: "shop/access" },
  release: { strategy: "rolling", deadline: "5m" },
  overrides: {},
};

describe("a service's container", () => {
  const container = containerDefinition(contract, image, place, "/acme/dev/shop");

  test("can't write to its own image, is not root, has no capabilities", () => {
    expect(container).toMatchObject({
      readonlyRootFilesystem: true,
      user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
      linuxParameters: { capabilities: { drop: ["ALL"] } },
    });
  });

  test("gets its variables and secrets in alphabetical order, with the port and its own version among them", () => {
    expect(container.environment).toEqual([
      { name: "APPLE", value: "2" },
      { name: "PORT", value: "8080" },
      { name: "VERSION", value: image.digest },
      { name: "ZEBRA", value: "1" },
    ]);
    expect(container.secrets.map(({ name }) => name)).toEqual(["ACCESS", "TOKEN"]);
  });

  test("does not stop when CloudWatch does: logs are buffered, and lost when the buffer is full", () => {
    expect(container.logConfiguration.options).toMatchObject({ mode: "non-blocking", "max-buffer-size": "25m" });
  });

  test.each([
    ["5s", 30],
    ["45s", 45],
    ["10m", 120],
  ] as const)("that drains for %s gets %i s to stop: at least 30, at most Fargate's 120", (drain, wanted) => {
    expect(stopTimeout(drain)).toBe(wanted);
  });
});

describe("what ECS may do for a service", () => {
  const statements = executionStatements(contract, image, place, "arn:aws:logs:eu-west-1:222222222222:log-group:/acme/dev/shop");

  test("reaches its own image, logs and secrets, and of everything only the registry's login", () => {
    const everything = statements.filter(({ Resource }) => Resource === "*");
    expect(everything.map(({ Action }) => Action)).toEqual(["ecr:GetAuthorizationToken"]);
    expect(statements.find(({ Sid }) => Sid === "PullImage")?.Resource).toBe(image.repositoryArn);
    expect(statements.find(({ Sid }) => Sid === "ReadSecrets")?.Resource).toEqual([
      "arn:aws:secretsmanager:eu-west-1:222222222222:secret:shop/access-??????",
      "arn:aws:secretsmanager:eu-west-1:222222222222:secret:shop/token-??????",
    ]);
  });

  test("holds no more than logs for an image from elsewhere and no secrets", () => {
    const few = executionStatements({ secrets: {} }, { ...image, repositoryArn: undefined }, place, "arn:logs");
    expect(few.map(({ Sid }) => Sid)).toEqual(["WriteLogs"]);
  });
});

describe("the way to a service", () => {
  test("is by its host names below the edge's and by its paths", () => {
    expect(ruleConditions("shop", { hosts: ["shop"], paths: ["/a", "/b/*"] }, "dev.acme.example")).toEqual([
      { hostHeader: { values: ["shop.dev.acme.example"] } },
      { pathPattern: { values: ["/a", "/b/*"] } },
    ]);
  });

  test("must exist", () => {
    expect(() => ruleConditions("shop", {}, "acme.example")).toThrow('service "shop" has neither paths nor hosts');
  });

  test("has at most the five patterns that a listener rule takes", () => {
    const paths = ["/1", "/2", "/3", "/4", "/5"];
    expect(ruleConditions("shop", { paths }, "acme.example")).toHaveLength(1);
    expect(() => ruleConditions("shop", { paths, hosts: ["shop"] }, "acme.example")).toThrow(
      "6 paths and hosts; a listener rule takes 5",
    );
  });

  test.each([
    [{ paths: ["/shop/*"] }, "https://acme.example/shop/"],
    [{ hosts: ["shop"] }, "https://shop.acme.example/"],
  ])("%j is written %s", (http, url) => {
    expect(serviceUrl(http, "acme.example")).toBe(url);
  });
});

test.each([0, 0.5, 1])("with %s on Spot the first task is on Fargate proper, and both providers are named", (spotShare) => {
  const strategy = capacityStrategy(spotShare);
  expect(strategy.map(({ capacityProvider, base }) => [capacityProvider, base])).toEqual([
    ["FARGATE", 1],
    ["FARGATE_SPOT", undefined],
  ]);
  expect(strategy.map(({ weight }) => weight)).toEqual([100 - 100 * spotShare, 100 * spotShare]);
});

describe("a service that can't be", () => {
  test.each([
    [{ size: { ...contract.size, cpu: 0.25, memory: 4 } }, /Fargate has no task of 0\.25 vCPU and 4 GiB\. Take a pair/],
    [{ scale: { min: 0, max: 2 } }, /scale 0 to 2: `min` is at least 1/],
    [{ scale: { min: 3, max: 2 } }, /scale 3 to 2: .*`max` at least `min`/],
  ])("is refused: %j", (change, message) => {
    expect(() => refuseImpossible({ contract: { ...contract, ...change } })).toThrow(message);
  });

  test.each([99, 50_001, 7.5])("is refused: listener rule priority %s", (priority) => {
    expect(() => refuseImpossible({ contract, priority })).toThrow(`priority ${priority}: allowed are whole numbers from 100`);
  });
});
