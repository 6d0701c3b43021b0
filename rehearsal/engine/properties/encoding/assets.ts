import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Asset } from "../value.ts";

/** Makes assets out of what a program says of them, with the hash of their content. */
export interface AssetReader {
  asset(source: { text?: string; path?: string; uri?: string }): Asset;
  archive(source: { path?: string; uri?: string; assets?: Record<string, Asset> }): Asset;
}

/**
 * Assets of a program, their paths resolved against its project folder and each file read once.
 *
 * - text and files: SHA-256 of the content, as Pulumi's.
 * - folders and archives of assets: SHA-256 over names and hashes, in sorted order: independent of times, modes and where the
 *   folder is. As Pulumi does, `.pulumi` and links to folders are left out, and links to files count as the files.
 * - addresses other than `file://`: SHA-256 of the address, since nothing is fetched.
 */
export function projectAssets(folder: string): AssetReader {
  const read = new Map<string, string>();

  return {
    asset(source) {
      const { text, path, uri } = source;
      if (text !== undefined) return new Asset("asset", sha256(text), { text });
      if (path !== undefined) return new Asset("asset", once(path, "asset", hashFile), { path });
      if (uri !== undefined) return new Asset("asset", hashUri(uri, "asset", hashFile), { uri });
      throw new Error("an asset has neither text, path nor uri");
    },
    archive(source) {
      const { path, uri, assets } = source;
      if (assets !== undefined) return new Asset("archive", hashParts(assets), { assets });
      if (path !== undefined) return new Asset("archive", once(path, "archive", hashFileOrFolder), { path });
      if (uri !== undefined) return new Asset("archive", hashUri(uri, "archive", hashFileOrFolder), { uri });
      throw new Error("an archive has neither assets, path nor uri");
    },
  };

  function hashUri(uri: string, what: string, hash: (path: string) => string): string {
    return uri.startsWith("file://") ? once(fileURLToPath(uri), what, hash) : sha256(`uri ${uri}`);
  }

  function once(path: string, what: string, hash: (path: string) => string): string {
    const file = resolve(folder, path);
    const key = `${what} ${file}`;
    const known = read.get(key) ?? attempt(file, path, what, hash);
    read.set(key, known);
    return known;
  }

  function attempt(file: string, path: string, what: string, hash: (path: string) => string): string {
    try {
      return hash(file);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${what} "${path}" can't be read: ${reason}. Paths are relative to the project folder, ${folder}.`, {
        cause: error,
      });
    }
  }
}

function hashFile(file: string): string {
  return sha256(readFileSync(file));
}

function hashFileOrFolder(path: string): string {
  return statSync(path).isDirectory() ? hashFolder(path) : hashFile(path);
}

function hashFolder(folder: string): string {
  const hash = createHash("sha256");
  for (const { name, file } of filesIn(folder, "")) hash.update(`${JSON.stringify(name)} ${hashFile(file)}\n`);
  return hash.digest("hex");
}

function filesIn(folder: string, prefix: string): { name: string; file: string }[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const file = join(folder, entry.name);
    const name = prefix + entry.name;
    if (entry.isDirectory()) return entry.name === ".pulumi" ? [] : filesIn(file, `${name}/`);
    return entry.isFile() || (entry.isSymbolicLink() && statSync(file).isFile()) ? [{ name, file }] : [];
  });
}

function hashParts(assets: Record<string, Asset>): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(assets).sort())
    hash.update(`${JSON.stringify(name)} ${assets[name]!.kind} ${assets[name]!.hash}\n`);
  return hash.digest("hex");
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
