/**
 * Values that are credentials whatever they are called. Each pattern is the issuer's documented form (AWS IAM unique identifiers,
 * GitHub, Slack, Stripe and Google token formats, RFC 7468, RFC 7519; 2026-09).
 */
const CREDENTIALS: { what: string; pattern: RegExp }[] = [
  { what: "an AWS access key", pattern: /(?<![A-Z0-9])(AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/ },
  { what: "a private key", pattern: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/ },
  { what: "a GitHub token", pattern: /(?<![A-Za-z0-9])(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/ },
  { what: "a signed token (JWT)", pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}/ },
  { what: "a Slack token", pattern: /(?<![a-z0-9])xox[abeoprs]-[A-Za-z0-9-]{20,}/ },
  { what: "a Slack webhook", pattern: /https:\/\/hooks\.slack\.com\/services\/T[A-Za-z0-9]+\/B[A-Za-z0-9]+\/[A-Za-z0-9]{20,}/ },
  { what: "a Stripe key", pattern: /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{20,}/ },
  { what: "a Google API key", pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/ },
  // A password may have any character but these; one that is a variable, ${PASSWORD}, is none.
  { what: "a URL with a password in it", pattern: /(?<=[a-z0-9+.-]):\/\/[^/\s:@"<>]*:(?!\$\{[^}]*\}@)[^/\s@"<>]+@[^/\s@]/i },
];

/** What every one of them has in it. Nearly no text does, so nearly none is tried against each. */
const HINT = /AKIA|ASIA|PRIVATE KEY|gh[pousr]_|github_pat_|eyJ|xox|hooks\.slack|k_live_|AIza|:\/\//;

/** What kind of credential a text holds; undefined when none is seen. */
export function credentialIn(text: string): string | undefined {
  if (!HINT.test(text)) return undefined;
  return CREDENTIALS.find(({ pattern }) => pattern.test(text))?.what;
}

/**
 * A word of a name that says so, numbered or not (`PASSWORD1`). Names run together as clients of databases read them (`PGPASSWORD`,
 * `MYSQL_PWD`), or as people write them (`CLIENTSECRET`).
 */
const SECRET_NAME =
  /(^|[_.-])([A-Z]*(PASSWORD|PASSWD|PASSPHRASE|SECRET)S?|TOKENS?|(API|ACCESS|AUTH)TOKEN|(API|ACCESS|PRIVATE|SIGNING|ENCRYPTION)_?KEYS?|CREDENTIALS?)\d*([_.-]|$)|[_.-](PWD|PASS|AUTH)\d*$/i;

/** Endings of names that say where a secret is, or something about it, and are none themselves. */
const ABOUT =
  /[_.-](ARN|NAME|ID|URL|URI|ENDPOINT|HOST|FILE|PATH|DIR|TTL|SECONDS|MINUTES|HOURS|DAYS|LENGTH|LIMIT|COUNT|ISSUER|AUDIENCE|HEADER|ENABLED|REQUIRED|POLICY|ALGORITHM|TYPE|MODE|VERSION|REGION|ROTATION)$/i;

/**
 * Whether a variable with this name and value holds a secret: its name says so, and the value is neither empty, nor a switch, nor a
 * reference to where the secret is.
 */
export function isNamedSecret(name: string, value: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  if (!SECRET_NAME.test(words) || ABOUT.test(words)) return false;
  return value.trim() !== "" && !/^(true|false|yes|no|on|off|none|null|\d{1,6})$/i.test(value) && !value.startsWith("arn:aws");
}
