import { describe, expect, test } from "vitest";
import { refuseWrongClients } from "./load-balancer.ts";

describe("a load balancer", () => {
  test("that is internal is not opened to the world", () => {
    expect(() => refuseWrongClients("edge", { internal: true, clients: ["10.0.0.0/8", "0.0.0.0/0"] })).toThrow(
      /"edge" is internal, but its `clients` are 0\.0\.0\.0\/0\. Give the network's own range/,
    );
  });

  test("that nobody may reach is refused", () => {
    expect(() => refuseWrongClients("edge", { clients: [] })).toThrow(
      /"edge": no clients may connect\. Give at least one IPv4 range/,
    );
  });

  test("takes the world when it is public, and a network when it is internal", () => {
    expect(() => refuseWrongClients("edge", { clients: ["0.0.0.0/0"] })).not.toThrow();
    expect(() => refuseWrongClients("edge", { internal: true, clients: ["10.0.0.0/8"] })).not.toThrow();
  });
});
