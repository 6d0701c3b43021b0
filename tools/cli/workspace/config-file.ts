import { existsSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { parseDocument } from "yaml";
import type { PulumiConfig } from "@fairway/settings";
import { Failure } from "../failure.ts";

/** A key of a `Pulumi.<env>.yaml` that says something else than platform.config.ts. */
export interface Disagreement {
  key: string;
  found: unknown;
  wanted: unknown;
}

/**
 * The text of a `Pulumi.<env>.yaml` with the wanted settings in it and everything else as it was: comments, `encryptedkey`,
 * `secure:` values, ESC `environment:`, keys that we don't know. The text itself when nothing differs.
 *
 * @param shown the file's name in an error
 */
export function mergeConfig(text: string, wanted: PulumiConfig, shown: string): { text: string; disagreements: Disagreement[] } {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Failure(`${shown}: ${document.errors[0]?.message}`);
  const present = (document.toJS() ?? {}) as { secretsprovider?: unknown; config?: Record<string, unknown> };

  const entries: [path: string[], found: unknown, wanted: unknown][] = [
    [["secretsprovider"], present.secretsprovider, wanted.secretsprovider],
    ...Object.entries(wanted.config).map(([key, value]): [string[], unknown, unknown] => [
      ["config", key],
      present.config?.[key],
      value,
    ]),
  ];
  const differing = entries.filter(([, found, value]) => !isDeepStrictEqual(found, value));
  for (const [path, , value] of differing) document.setIn(path, document.createNode(value));
  return {
    text: differing.length === 0 ? text : document.toString({ lineWidth: 0 }),
    disagreements: differing.map(([path, found, value]) => ({ key: path.at(-1) ?? "", found, wanted: value })),
  };
}

export const readIfThere = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
