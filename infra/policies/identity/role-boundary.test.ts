import { ciRole } from "@fairway/settings";
import { expect, test } from "vitest";
import settings from "../../../platform.config.ts";
import { judging, resource } from "../testing/judge.ts";

const { judge, production } = judging(settings);

const [, path = ""] = /:role(.*\/)/.exec(ciRole(settings, production, "publish").arn) ?? [];
const role = (project: string) => judge("role-boundary", resource("aws:iam/role:Role", "role", { path }, { project }));

test("CI's roles are exempt in the account stack, and nobody else's on their path", () => {
  expect(role("account")).toEqual([]);
  expect(role("catalog")).toEqual([expect.stringContaining("has no permissionsBoundary")]);
});
