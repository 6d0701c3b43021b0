import { describe, expect, test } from "vitest";
import { explainNpmFailure, withoutNpmContext } from "./npm.mjs";

const explain = (output: string, otherwise?: string) =>
  explainNpmFailure("Dependencies could not be installed", { code: 1, output }, otherwise).message;

describe("a failed npm says what to do", () => {
  test.each([
    ["npm error code ENOTFOUND\nnpm error network request to https://x failed", /registry can't be reached\.\nCheck the network/],
    ["npm error code EROFS\nnpm error syscall mkdir", /can't be written to\.\nUse a checkout that belongs to you/],
    ["npm error code ENOSPC", /no space is left/],
  ])("for %j", (output, message) => {
    expect(explain(output)).toMatch(message);
  });

  test("and repeats npm's last words when the reason is another", () => {
    expect(explain("npm error code EINTEGRITY\nnpm error sha512-x")).toMatch(/exit code 1[^]*EINTEGRITY\nnpm error sha512-x/);
  });

  test("and names the way around npm when there is one", () => {
    expect(explain("npm error code ETIMEDOUT", "Install Node 24 yourself")).toMatch(/\nOr: Install Node 24 yourself\.$/);
  });
});

test("an npm that runs under npm gets none of what the outer one said about its own script, and all of the user's settings", () => {
  const settings = {
    PATH: "/bin",
    npm_config_registry: "https://mirror",
    npm_config_cafile: "/ca.pem",
    npm_execpath: "/npm-cli.js",
  };
  expect(
    withoutNpmContext({
      ...settings,
      npm_package_name: "fairway",
      npm_lifecycle_event: "start",
      npm_config_local_prefix: "/x",
      INIT_CWD: "/x",
    }),
  ).toEqual(settings);
});
