import type { PlannedResource } from "@fairway/resources";
import { scopeOf } from "@fairway/settings";
import { describe, expect, test } from "vitest";
import settings from "../../../platform.config.ts";
import { anyFailing, checkPolicies, failing, type Policy, type PolicyReport, type Waiver, WaiverError } from "../index.ts";

const scope = scopeOf(settings, "production");
const today = "2026-11-23";

const noBlue: Policy = {
  name: "no-blue",
  title: "Nothing is blue",
  why: "Blue is hard to see at sea.",
  fix: "Paint it.",
  severity: "mandatory",
  check: (plan) => plan.each("test:paint:Boat", ({ inputs }) => (inputs.colour === "blue" ? "its colour is blue" : undefined)),
};
const advice: Policy = { ...noBlue, name: "rather-not-blue", severity: "advisory" };

function boat(name: string, colour: string, project = "harbour"): PlannedResource {
  return {
    urn: `urn:pulumi:production::${project}::test:paint:Boat::${name}`,
    type: "test:paint:Boat",
    name,
    project,
    stack: "production",
    custom: true,
    external: false,
    inputs: { colour },
    outputs: {},
    secrets: [],
    unknowns: [],
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    known: "modelled",
  };
}

function waiver(changes: Partial<Waiver> = {}): Waiver {
  return {
    policy: "no-blue",
    resource: "harbour::tug",
    reason: "The tug is painted in spring, when it is on land.",
    owner: "platform",
    expires: "2027-03-31",
    ...changes,
  };
}

function check(waivers: Waiver[], resources = [boat("tug", "blue"), boat("ferry", "white")], policies = [noBlue]): PolicyReport {
  return checkPolicies({ resources, platform: settings, scope, waivers, today, policies });
}

describe("a report", () => {
  test("names for each violation the policy, the resource, what is wrong and how it is known", () => {
    expect(check([]).violations).toEqual([
      {
        policy: "no-blue",
        severity: "mandatory",
        urn: "urn:pulumi:production::harbour::test:paint:Boat::tug",
        project: "harbour",
        stack: "production",
        type: "test:paint:Boat",
        name: "tug",
        message: "its colour is blue",
        known: "modelled",
      },
    ]);
  });

  test("leaves out what is only read: it is not ours to change", () => {
    expect(check([], [{ ...boat("tug", "blue"), external: true }]).violations).toEqual([]);
  });
});

test("a violation does not tell a value that is secret", () => {
  const hull = { ...boat("tug", "blue"), secrets: ["colour"] };
  expect(check([], [hull]).violations.map(({ message }) => message)).toEqual(["its colour is [secret]"]);
});

describe("a waiver", () => {
  test.each([
    ["harbour::tug", true],
    ["harbour::t*", true],
    ["*::tug", true],
    ["urn:pulumi:production::harbour::*::tug", true],
    ["urn:pulumi:*::harbour::test:paint:Boat::tug", true],
    ["harbour::tu", false],
    ["harbour::tug2", false],
    ["harbours::tug", false],
    ["urn:pulumi:dev::harbour::*::tug", false],
    ["harbour::t.g", false],
  ])("for %s covers harbour::tug: %s", (resource, covered) => {
    const [violation] = check([waiver({ resource })]).violations;
    expect(violation?.waived !== undefined).toBe(covered);
  });

  test("covers only its own policy", () => {
    const { violations } = check([waiver()], [boat("tug", "blue")], [noBlue, advice]);
    expect(violations.map(({ policy, waived }) => [policy, waived !== undefined])).toEqual([
      ["no-blue", true],
      ["rather-not-blue", false],
    ]);
  });

  test("holds through its last day", () => {
    expect(check([waiver({ expires: today })]).waivers.expired).toEqual([]);
  });

  test("that has expired still covers, and is reported", () => {
    const expired = waiver({ expires: "2026-11-22" });
    const report = check([expired]);
    expect(report.violations[0]?.waived).toEqual(expired);
    expect(report.waivers).toEqual({ expired: [expired], unused: [] });
  });

  test("that covers nothing is reported", () => {
    const idle = waiver({ resource: "harbour::ferry" });
    expect(check([idle]).waivers.unused).toEqual([idle]);
  });
});

describe("what fails", () => {
  test("is every violation of a mandatory policy without a waiver, in any situation", () => {
    for (const pullRequest of [true, false]) {
      const failures = failing([check([], undefined, [noBlue, advice])], { pullRequest });
      expect(failures.violations.map(({ policy }) => policy)).toEqual(["no-blue"]);
      expect(anyFailing(failures)).toBe(true);
    }
    expect(anyFailing(failing([check([waiver()])], { pullRequest: true }))).toBe(false);
  });

  test("is an expired waiver in a pull request, and not in a release or rollback", () => {
    const report = check([waiver({ expires: "2026-01-31" })]);
    expect(failing([report], { pullRequest: true }).expired).toHaveLength(1);
    expect(anyFailing(failing([report], { pullRequest: false }))).toBe(false);
  });

  test("is a waiver that no environment needs, in a pull request that looked at all of them", () => {
    const [used, idle] = [waiver(), waiver({ resource: "harbour::ferry" })];
    const here = check([used, idle]);
    const there = check([used, idle], [boat("raft", "white")]);
    expect(failing([here, there], { pullRequest: true }).unused).toEqual([idle]);
    expect(failing([here, there], { pullRequest: false }).unused).toEqual([]);
    expect(failing([there], { pullRequest: true, everything: false }).unused).toEqual([]);
  });
});

test("wrong waivers are refused, everything that is wrong at once, each with what to do", () => {
  const wrong = [
    waiver({ policy: "no-blu" }),
    waiver({ resource: "*" }),
    waiver({ resource: "*::*" }),
    waiver({ resource: "urn:*" }),
    waiver({ reason: "because" }),
    waiver({ resource: "harbour::ferry", owner: "captain" }),
    waiver({ resource: "harbour::raft", expires: "2027-02-30" }),
    waiver({ resource: "harbour::raft" }),
  ];
  expect.assertions(2);
  try {
    check(wrong);
  } catch (error) {
    expect(error).toBeInstanceOf(WaiverError);
    expect((error as WaiverError).problems).toEqual([
      expect.stringMatching(/^waivers\[0\]\.policy is "no-blu": there is no such policy\. Take one of no-blue\./),
      expect.stringMatching(/^waivers\[1\]\.resource is "\*": write project::name or a URN/),
      expect.stringMatching(/^waivers\[2\]\.resource is "\*::\*"/),
      expect.stringMatching(/^waivers\[3\]\.resource is "urn:\*"/),
      expect.stringMatching(/^waivers\[4\]\.reason is "because": say in a sentence/),
      expect.stringMatching(/^waivers\[5\]\.owner is "captain": it must be a team of platform\.config\.ts: platform, shopping\./),
      expect.stringMatching(/^waivers\[6\]\.expires is "2027-02-30": write a day that exists/),
      expect.stringMatching(/^waivers\[7\] excepts harbour::raft from no-blue a second time/),
    ]);
  }
});
