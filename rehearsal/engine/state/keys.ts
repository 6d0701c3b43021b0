import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Encrypts the secrets of states on this machine. */
export interface StateKey {
  /** Tells keys apart without giving anything of them away. State remembers the one that it was written with. */
  readonly id: string;
  /** Where the key is kept. */
  readonly file: string;
  encrypt(text: string): string;
  /** @throws when the text was encrypted with another key, or changed since */
  decrypt(ciphertext: string): string;
}

/** AES-256-GCM: a key of 32 bytes, a nonce of 12 drawn for each text, a tag of 16 (NIST SP 800-38D). */
const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The key of this machine, made when there is none.
 *
 * @param folder where `state.key` is: by default `$FAIRWAY_KEY_FOLDER`, else `fairway` in `$XDG_CONFIG_HOME` or `~/.config`. Outside
 *   of any repository, so that state and key are never copied together.
 * @throws when others may read the key, or the file holds none
 */
export function openKey({ folder = keyFolder(process.env) }: { folder?: string } = {}): StateKey {
  const file = join(folder, "state.key");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const text = readKey(file) ?? makeKey(file);
  if (!/^[0-9a-f]{64}\n?$/.test(text)) {
    throw new Error(
      `key file ${file} holds no key: it must be ${KEY_BYTES * 2} hexadecimal digits. Restore it; without it the secrets in state can't be ` +
        `read. If no state needs it any more, remove it and a new one is made.`,
    );
  }
  return keyOf(Buffer.from(text.trim(), "hex"), file);
}

/** Where the key is kept in an environment; see {@link openKey}. */
export function keyFolder(environment: Record<string, string | undefined>): string {
  return environment["FAIRWAY_KEY_FOLDER"] || join(environment["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "fairway");
}

function keyOf(key: Buffer, file: string): StateKey {
  return {
    id: createHash("sha256").update("fairway state key ").update(key).digest("hex").slice(0, 16),
    file,
    encrypt(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `v1:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64")}`;
    },
    decrypt(ciphertext) {
      try {
        const bytes = Buffer.from(ciphertext.replace(/^v1:/, ""), "base64");
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
      } catch (error) {
        throw new Error(
          `a secret can't be decrypted with the key in ${file}: it was encrypted with another key, or changed since`,
          { cause: error },
        );
      }
    },
  };
}

function readKey(file: string): string | undefined {
  try {
    const { mode } = statSync(file);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new Error(
        `key file ${file} can be read by others (mode ${(mode & 0o777).toString(8).padStart(4, "0")}, allowed: 0600). Run: chmod 600 ${file}`,
      );
    }
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whole or not at all, and never over another: of two processes that start at once, both use the key of the first. */
function makeKey(file: string): string {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
  const handle = openSync(draft, "wx", 0o600);
  try {
    writeSync(handle, `${randomBytes(KEY_BYTES).toString("hex")}\n`);
    fsyncSync(handle);
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    closeSync(handle);
    rmSync(draft, { force: true });
  }
  return readKey(file)!;
}
