import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { choosePorts, keepPorts, socketPath } from "./places.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "fairway-places-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the socket of a rehearsal", () => {
  test("lies in a folder that only its user may enter", () => {
    const path = socketPath("/src/platform", folder);
    expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
  });

  test("is another one for each checkout, and the same one every time", () => {
    expect(socketPath("/src/platform", folder)).toBe(socketPath("/src/platform", folder));
    expect(socketPath("/src/platform", folder)).not.toBe(socketPath("/src/platform two", folder));
  });

  test("is refused in a folder that others may enter: they could answer in the rehearsal's place", () => {
    const open = join(folder, `fairway-${userInfo().username}`);
    mkdirSync(open);
    chmodSync(open, 0o777);
    expect(() => socketPath("/src/platform", folder)).toThrow(/may be entered by others[^]*chmod 700/);
  });

  test("moves to /tmp where the folder for temporary files has a name too long for a socket, or is not there", () => {
    const long = join(folder, "a".repeat(100));
    mkdirSync(long);
    expect(Buffer.byteLength(socketPath("/src/platform", long))).toBeLessThan(100);
    expect(existsSync(join(socketPath("/src/platform", join(folder, "missing")), ".."))).toBe(true);
  });
});

describe("ports", () => {
  const environments = ["dev", "staging", "production"];

  test("are 8080 for the environment that matters most, and ten more for each before it", () => {
    expect(choosePorts(folder, environments, [])).toEqual({ production: 8080, staging: 8090, dev: 8100 });
  });

  test("are as asked for, and as last time", () => {
    keepPorts(folder, choosePorts(folder, environments, ["staging=9090"]));
    expect(choosePorts(folder, environments, ["dev=9100"])).toEqual({ production: 8080, staging: 9090, dev: 9100 });
  });

  test("are written nowhere by whoever only asks", () => {
    choosePorts(folder, environments, []);
    expect(existsSync(join(folder, ".fairway"))).toBe(false);
  });

  test.each(["production", "production=", "production=0", "production=65536", "prod=8080"])("refuse --port %s", (text) => {
    expect(() => choosePorts(folder, environments, [text])).toThrow(/write ENVIRONMENT=PORT/);
  });

  test("refuse one port for two environments", () => {
    keepPorts(folder, choosePorts(folder, environments, []));
    expect(() => choosePorts(folder, environments, ["staging=8080"])).toThrow(/8080 is for staging and production[^]*--port/);
  });

  test("stay as they are when an environment is added", () => {
    keepPorts(folder, choosePorts(folder, ["dev", "production"], []));
    expect(choosePorts(folder, environments, [])).toEqual({ production: 8080, dev: 8090, staging: 8100 });
  });

  test("name the file that can't be read, and leave it", () => {
    mkdirSync(join(folder, ".fairway"));
    writeFileSync(join(folder, ".fairway/ports.json"), "{");
    expect(() => choosePorts(folder, environments, [])).toThrow(/ports\.json can't be read[^]*Delete it/);
    expect(readFileSync(join(folder, ".fairway/ports.json"), "utf8")).toBe("{");
  });
});
