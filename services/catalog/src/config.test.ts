import { describe, expect, test } from "vitest";
import { ConfigurationError, readConfig } from "./config.ts";

describe("configuration", () => {
  test("has a default for everything", () => {
    expect(readConfig({})).toEqual({ host: "0.0.0.0", port: 8080, logLevel: "info", version: "unversioned", drainMs: 15_000 });
  });

  test("comes from the environment", () => {
    const environment = {
      HOST: "127.0.0.1",
      PORT: "18080",
      LOG_LEVEL: "debug",
      VERSION: "sha256:0a1b",
      DRAIN_SECONDS: "3",
      HOME: "/",
    };
    expect(readConfig(environment)).toEqual({
      host: "127.0.0.1",
      port: 18080,
      logLevel: "debug",
      version: "sha256:0a1b",
      drainMs: 3000,
    });
  });

  test("names every wrong variable at once, with its value and what is allowed", () => {
    const read = () => readConfig({ HOST: "everywhere", PORT: "65536", LOG_LEVEL: "loud", VERSION: "a b", DRAIN_SECONDS: "-1" });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(
      [
        "catalog did not start: 5 environment variables can't be used",
        "",
        '  HOST   "everywhere"',
        "      an IP address to listen on, for example 0.0.0.0.",
        '  PORT   "65536"',
        "      a whole number from 0 to 65535.",
        '  LOG_LEVEL   "loud"',
        "      one of fatal, error, warn, info, debug, trace, silent.",
        '  VERSION   "a b"',
        "      1 to 128 letters, digits and . : @ / + - _.",
        '  DRAIN_SECONDS   "-1"',
        "      a whole number from 0 to 110.",
        "",
      ].join("\n"),
    );
  });

  test.each(["", "http", "8080.5", "1e3", "65536", " 8080"])("takes no port %j", (PORT) =>
    expect(() => readConfig({ PORT })).toThrow(/PORT/),
  );
});
