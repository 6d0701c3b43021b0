import type { Policy } from "../types.ts";

export const noStandingKeys: Policy = {
  name: "no-standing-keys",
  title: "No IAM user, no access key",
  why: "A key that does not expire is found years later in a log, a laptop or a fork, and still works.",
  fix: "Use a role: CI assumes one with GitHub's token, tasks and pods have their own, people come through the organisation's sign-in.",
  severity: "mandatory",
  check: (plan) => [
    ...plan.each("aws:iam/accessKey:AccessKey", () => "an access key, which never expires"),
    ...plan.each("aws:iam/user:User", () => "an IAM user, whose credentials never expire"),
  ],
};
