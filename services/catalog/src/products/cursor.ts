import { createHash } from "node:crypto";
import { z } from "zod";

/**
 * Where a page ended: the sort key and id of its last product.
 *
 * A position, not an offset: products that come or go between two pages move nothing else, and since ids are unique, products with
 * equal keys are neither skipped nor shown twice.
 */
export interface Position {
  key: string | number;
  id: string;
}

/** Callers get `cursor` in a 400, so the message says what to do. */
export class InvalidCursor extends Error {}

const wireSchema = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

/** At most this many characters: a name and an id fit thrice over. */
export const CURSOR_LENGTH = 1024;

/**
 * @param query what the list was asked for, beside the page: a cursor holds for no other list
 */
export function encodeCursor(position: Position, query: object): string {
  return Buffer.from(JSON.stringify([fingerprint(query), position.key, position.id])).toString("base64url");
}

/** @throws {InvalidCursor} when it was not made here, or for another query */
export function decodeCursor(cursor: string, query: object): Position {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    value = undefined;
  }
  const parsed = wireSchema.safeParse(value);
  if (!parsed.success)
    throw new InvalidCursor("is no cursor of this API. Pass nextCursor of a page as it came, or leave it out to start anew.");
  const [madeFor, key, id] = parsed.data;
  if (madeFor !== fingerprint(query)) {
    throw new InvalidCursor(
      "belongs to a list with other filters or another order. Keep those of the first page, or leave the cursor out.",
    );
  }
  return { key, id };
}

/** Not a signature: a cursor opens nothing that the list does not show. It only catches mistakes. */
function fingerprint(query: object): string {
  const sorted = JSON.stringify(query, Object.keys(query).sort());
  return createHash("sha256").update(sorted).digest("base64url").slice(0, 8);
}
