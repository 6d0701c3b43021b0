/**
 * What a resource property can hold, in the engine and towards providers.
 *
 * Plain JSON plus five things JSON lacks. Secrets never reach a provider: the engine unwraps them before a call and marks
 * the result secret again.
 */
export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | PropertyValue[]
  | { [key: string]: PropertyValue }
  | Unknown
  | Secret
  | ResourceReference
  | Asset;

export type PropertyMap = Record<string, PropertyValue>;

/** A value that only an update will know. There is one of them: compare with `===` to {@link unknown}. */
export class Unknown {
  private readonly brand = "unknown";

  toJSON(): string {
    return `[${this.brand}]`;
  }
}

export const unknown = new Unknown();

/** A value that must not be shown. Prints as `[secret]`, whatever prints it. */
export class Secret {
  readonly value: PropertyValue;

  constructor(value: PropertyValue) {
    this.value = value;
  }

  toJSON(): string {
    return "[secret]";
  }

  toString(): string {
    return "[secret]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}

/** A resource passed as a value. `id` is absent for a component, `unknown` in a preview of something to be made. */
export class ResourceReference {
  readonly urn: string;
  readonly id: string | Unknown | undefined;
  readonly packageVersion: string;

  constructor(urn: string, id: string | Unknown | undefined, packageVersion = "") {
    this.urn = urn;
    this.id = id;
    this.packageVersion = packageVersion;
  }
}

/** A file, text or archive given as a property. Two are equal when their hashes are. */
export class Asset {
  readonly kind: "asset" | "archive";
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
  /** Where the content comes from, as the program said it: `path`, `text`, `uri` or (archives) `assets`. */
  readonly source: { path?: string; text?: string; uri?: string; assets?: Record<string, Asset> };

  constructor(kind: "asset" | "archive", hash: string, source: Asset["source"]) {
    this.kind = kind;
    this.hash = hash;
    this.source = source;
  }
}
