import { expect, test } from "vitest";
import { platformTeam } from "./teams.ts";

const team = { github: "acme/x", page: "x@acme.example", ticket: "x@acme.example", costCentre: "x" };

test("the platform is run by the team of that name, wherever it stands", () => {
  expect(platformTeam({ teams: { shopping: team, platform: team } })).toBe("platform");
});

test("the platform is run by the first team where none has that name", () => {
  expect(platformTeam({ teams: { shopping: team, payments: team } })).toBe("shopping");
});

test("a platform without a team is refused: nobody would hear of an alarm", () => {
  expect(() => platformTeam({ teams: {} })).toThrow("Add one to `teams`");
});
