import { EXIT, Failure } from "../../failure.ts";

/** Where a call was made, so that its error can say so. */
export interface Asked {
  /** The API's action as IAM names it: `s3:CreateBucket`. */
  action: string;
  /** On what. */
  on: string;
}

/**
 * An error of the AWS SDK as one that a person can act on: what was asked, of what, what stands in the way, what to do.
 * One that is a {@link Failure} already is returned as it is.
 */
export function explainAws(error: unknown, { action, on }: Asked): Failure {
  if (error instanceof Failure) return error;
  const name = errorName(error);
  const [, advice] = ADVICE.find(([pattern]) => pattern.test(name)) ?? [];
  const said = name === "UnknownError" || statusOf(error) === Number(name) ? "" : `: ${(error as Error).message}`;
  const text = advice ?? (statusOf(error) === 403 ? DENIED : "");
  return new Failure(`${action} on ${on}: ${name}${said}${text && `\n  ${text}`}`, EXIT.failed, { cause: error });
}

/** @throws Failure as {@link explainAws} tells it */
export async function asking<Answer>(asked: Asked, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw explainAws(error, asked);
  }
}

/** The answer, or undefined when the error has one of these names: what was asked for is not there. */
export async function unlessNamed<Answer>(names: readonly string[], call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    if (names.includes(errorName(error))) return undefined;
    throw error;
  }
}

export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}

/** HTTP status of an error of the SDK. HeadBucket has no body, so its errors have no other name. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

const SIGN_IN =
  "Sign in: `aws sso login --profile NAME` and `export AWS_PROFILE=NAME`, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.";
const DENIED =
  "The role that you are may not do this. Sign in with one that may: on the first day an administrator of the account (docs/aws.md).";

/** By the error's name, the first that fits. Names as AWS's "common errors" pages and the SDK's own source give them. */
const ADVICE: readonly [RegExp, string][] = [
  [/^(CredentialsProviderError|TokenProviderError)$/, `There are no AWS credentials here. ${SIGN_IN}`],
  [/^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpired)$/, `Your session has ended. ${SIGN_IN}`],
  [
    /^(InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure)$/,
    `AWS does not know these credentials. ${SIGN_IN}`,
  ],
  [/^(AccessDenied|AccessDeniedException|UnauthorizedOperation|Forbidden|403)$/, DENIED],
  [
    /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown)$/,
    "AWS slows this account down, and retrying did not help. Wait a minute, then run it again.",
  ],
  [
    /^(TimeoutError|AbortError|NetworkingError|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|Error)$/,
    "No answer from AWS. Check the network, a proxy (HTTPS_PROXY), and the region in platform.config.ts.",
  ],
  [
    /^OperationAborted$/,
    "Someone else changes this bucket, or deleted one of this name just now. Wait some minutes, run it again.",
  ],
];
