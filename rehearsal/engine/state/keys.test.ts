import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keyFolder, openKey } from "./keys.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairway-key-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the key of a machine", () => {
  test("is made once, for its owner only, and is the same from then on", () => {
    const key = openKey({ folder: join(folder, "new") });
    expect(readdirSync(join(folder, "new"))).toEqual(["state.key"]);
    expect(statSync(key.file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "new")).mode & 0o777).toBe(0o700);
    expect(openKey({ folder: join(folder, "new") }).decrypt(key.encrypt("hush"))).toBe("hush");
  });

  test("gives every text back, and never the same ciphertext twice", () => {
    const key = openKey({ folder });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const wellFormed = text.toWellFormed();
        const [one, two] = [key.encrypt(wellFormed), key.encrypt(wellFormed)];
        expect(key.decrypt(one)).toBe(wellFormed);
        expect(one).not.toBe(two);
      }),
      { numRuns: 20 },
    );
  });

  test("refuses a ciphertext of another key, and one with any byte changed", () => {
    const key = openKey({ folder });
    const other = openKey({ folder: join(folder, "other") });
    expect(other.id).not.toBe(key.id);
    expect(() => other.decrypt(key.encrypt("hush"))).toThrow(/encrypted with another key, or changed since/);
    const bytes = Buffer.from(key.encrypt("hush").slice(3), "base64");
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1;
      expect(() => key.decrypt(`v1:${changed.toString("base64")}`)).toThrow(/another key, or changed/);
    }
  });

  test("is not told by its id", () => {
    const key = openKey({ folder });
    expect(readFileSync(key.file, "utf8")).not.toContain(key.id);
  });

  test.skipIf(process.platform === "win32")("is refused when others may read it, with the command that puts it right", () => {
    const { file } = openKey({ folder });
    chmodSync(file, 0o644);
    expect(() => openKey({ folder })).toThrow(
      `key file ${file} can be read by others (mode 0644, allowed: 0600). Run: chmod 600 ${file}`,
    );
  });

  test("is never replaced when its file holds something else", () => {
    const file = join(folder, "state.key");
    writeFileSync(file, "half a k", { mode: 0o600 });
    expect(() => openKey({ folder })).toThrow(/holds no key: it must be 64 hexadecimal digits\. Restore it/);
    expect(readFileSync(file, "utf8")).toBe("half a k");
  });

  test("is in the user's configuration folder, outside of any repository, unless told", () => {
    expect(keyFolder({})).toBe(join(homedir(), ".config", "fairway"));
    expect(keyFolder({ XDG_CONFIG_HOME: "/xdg" })).toBe("/xdg/fairway");
    expect(keyFolder({ XDG_CONFIG_HOME: "/xdg", FAIRWAY_KEY_FOLDER: "/keys" })).toBe("/keys");
  });
});
