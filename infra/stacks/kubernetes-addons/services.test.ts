import { describe, expect, test } from "vitest";
import { targetGroupNamespaces } from "./services.ts";

const teams = ["platform", "shopping"];

describe("the namespace whose bindings may name a service's target groups", () => {
  test("is its team's", () => {
    expect(targetGroupNamespaces(["shopping/catalog", "platform/console"], teams)).toEqual({
      catalog: "team-shopping",
      console: "team-platform",
    });
  });

  test.each([
    [["catalog"], /services has "catalog": write TEAM\/SERVICE, for example shopping\/catalog\./],
    [["shopping/catalog/api"], /write TEAM\/SERVICE/],
    [["shopping/Catalog'"], /write TEAM\/SERVICE/],
    [["sales/catalog"], /there is no team "sales"\. platform\.config\.ts has platform, shopping\./],
    [["shopping/catalog", "platform/catalog"], /names the service "catalog" twice\. A service has one owner/],
  ])("is not known from %j", (services, reason) => {
    expect(() => targetGroupNamespaces(services, teams)).toThrow(reason);
  });
});
