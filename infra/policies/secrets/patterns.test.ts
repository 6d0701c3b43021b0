import { describe, expect, test } from "vitest";
import { credentialIn, isNamedSecret } from "./patterns.ts";

/** In parts, so that nothing that looks for credentials in the repository finds these. */
const join = (...parts: string[]) => parts.join("");

describe("a value is a credential", () => {
  test.each([
    [join("AK", "IA", "IOSFODNN7", "EXAMPLE"), "an AWS access key"],
    [join("key=AS", "IA", "IOSFODNN7", "EXAMPLE;"), "an AWS access key"],
    [join("-----BEGIN RSA PRIV", "ATE KEY-----\nMIIE"), "a private key"],
    [join("-----BEGIN PRIV", "ATE KEY-----"), "a private key"],
    [join("gh", "p_", "a".repeat(36)), "a GitHub token"],
    [join("eyJ", "hbGciOiJIUzI1NiJ9.", "eyJ", "zdWIiOiIxMjM0NTY3ODkwIn0.", "a".repeat(43)), "a signed token (JWT)"],
    ["postgres://shop:hunter22@db.internal:5432/shop", "a URL with a password in it"],
    ["postgres://shop:hunt$er22@db.internal/shop", "a URL with a password in it"],
    ["postgres://shop:hunt'er:22@db.internal/shop", "a URL with a password in it"],
    ["redis://:{hunter}22@cache.internal", "a URL with a password in it"],
  ])("%#", (value, what) => {
    expect(credentialIn(value)).toBe(what);
  });

  test.each([
    "https://acme.example/catalog",
    "postgres://db.internal:5432/shop",
    "postgres://shop@db.internal/shop",
    "https://otlp.internal:4318/v1/traces@2",
    "postgres://${USER}:${PASSWORD}@db/shop",
    "arn:aws:secretsmanager:eu-west-1:222222222222:secret:shop/token",
    `sha256:${"0".repeat(64)}`,
    "-----BEGIN CERTIFICATE-----",
    "AKIA is how an access key begins",
  ])("%s is none", (value) => {
    expect(credentialIn(value)).toBeUndefined();
  });
});

describe("a variable holds a secret", () => {
  test.each([
    ["PASSWORD", "hunter22"],
    ["DATABASE_PASSWORD", "hunter22"],
    ["apiToken", "abcdefgh"],
    ["STRIPE_API_KEY", "abcdefgh"],
    ["SECRET", "abcdefgh"],
    ["session-secret", "abcdefgh"],
    ["PGPASSWORD", "hunter22"],
    ["MYSQL_PWD", "hunter22"],
    ["DB_PASS", "hunter22"],
    ["REDIS_AUTH", "hunter22"],
    ["CLIENTSECRET", "hunter22"],
    ["PASSWORD1", "hunter22"],
    ["password_2", "hunter22"],
  ])("%s with %s", (name, value) => {
    expect(isNamedSecret(name, value)).toBe(true);
  });

  test.each([
    ["PORT", "8080"],
    ["SECRET_ARN", "hunter22"],
    ["TOKEN_URL", "https://login.example/token"],
    ["PASSWORD_FILE", "/run/secrets/password"],
    ["TOKEN_TTL_SECONDS", "3600"],
    ["REQUIRE_TOKEN", "true"],
    ["PASSWORD", ""],
    ["TOKEN", "arn:aws:secretsmanager:eu-west-1:222222222222:secret:shop/token"],
    ["TOKENIZER", "words"],
    ["SECRETARY", "Ms Moneypenny"],
    ["PWD", "/srv/app"],
    ["BOARDING_PASSES", "printed"],
    ["COMPASS", "north"],
    ["AUTHOR", "Melville"],
    ["AUTH", "oidc"],
    ["AUTH_PROVIDER", "oidc"],
    ["TOKEN_MODE", "bearer"],
    ["PGPASSFILE", "/run/secrets/pgpass"],
  ])("not %s with %j", (name, value) => {
    expect(isNamedSecret(name, value)).toBe(false);
  });
});
