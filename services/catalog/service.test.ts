import { forEnvironment, seconds } from "@fairway/service";
import { describe, expect, test } from "vitest";
import service from "./service.ts";
import { readConfig } from "./src/config.ts";

describe("the catalogue's contract", () => {
  test.each(["dev", "staging", "production"])("sets only variables that the service can use, in %s", (environment) => {
    const { environment: variables } = forEnvironment(service, environment);
    expect(() => readConfig(variables)).not.toThrow();
    // The task is stopped after its drain: a longer one here would be cut short by SIGKILL.
    expect(readConfig(variables).drainMs).toBeLessThanOrEqual(seconds(service.http.drain) * 1000);
  });

  test("takes its port from the same default as the service", () => expect(readConfig({}).port).toBe(service.http.port));
});
