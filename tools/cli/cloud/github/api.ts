import { Failure } from "../../failure.ts";

/** GitHub's REST API, as much of it as is asked here. Paths start with a slash. */
export interface GitHub {
  /** The answer, or undefined for 404. @throws Failure for every other refusal, saying what to do */
  get<Answer>(path: string): Promise<Answer | undefined>;
  /** @throws Failure for every refusal, 404 too */
  send<Answer>(method: "PUT" | "POST" | "DELETE", path: string, body?: unknown): Promise<Answer>;
}

export interface GitHubRequest {
  /** `https://api.github.com`; another for GitHub Enterprise, and in tests. */
  baseUrl: string;
  /** Never printed. */
  token: string;
  fetch?: typeof fetch;
}

/** Milliseconds until a call without an answer is given up. */
const CALL_TIMEOUT = 5_000;

/** REST API version that these calls were written for. */
const API_VERSION = "2022-11-28";

export function createGitHub({ baseUrl, token, fetch: request = fetch }: GitHubRequest): GitHub {
  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    try {
      return await request(`${baseUrl.replace(/\/$/, "")}${path}`, {
        method,
        headers: {
          accept: "application/vnd.github+json",
          authorization: `Bearer ${token}`,
          "x-github-api-version": API_VERSION,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(CALL_TIMEOUT),
      });
    } catch (error) {
      const { name, cause } = error as Error;
      const why =
        name === "TimeoutError"
          ? `no answer within ${CALL_TIMEOUT / 1000} s`
          : String((cause as Error | undefined)?.message ?? error);
      throw new Failure(`${method} ${baseUrl}${path}: ${why}. Check the network and a proxy.`, undefined, { cause: error });
    }
  }

  return {
    async get<Answer>(path: string) {
      const response = await call("GET", path);
      if (response.status === 404) return undefined;
      return (await read(response, `GET ${path}`)) as Answer;
    },
    async send<Answer>(method: string, path: string, body?: unknown) {
      return (await read(await call(method, path, body), `${method} ${path}`)) as Answer;
    },
  };
}

async function read(response: Response, asked: string): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return text === "" ? undefined : JSON.parse(text);
  throw new Failure(`GitHub, ${asked}: ${response.status} ${messageOf(text)}\n  ${advice(response, text)}`);
}

function messageOf(text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as { message?: string; errors?: unknown };
    return `${message ?? ""}${errors === undefined ? "" : ` ${JSON.stringify(errors)}`}`.trim();
  } catch {
    return text.slice(0, 200);
  }
}

function advice({ status, headers }: Response, text: string): string {
  if (status === 401) return "The token is wrong or has ended. Make a new one: `gh auth login`, or GITHUB_TOKEN.";
  if (status === 429 || headers.get("x-ratelimit-remaining") === "0") {
    const reset = Number(headers.get("x-ratelimit-reset"));
    const until = reset > 0 ? ` until ${new Date(reset * 1000).toISOString()}` : "";
    return `The token's limit of requests is used up. Wait${until}, then run it again.`;
  }
  if (/upgrade to|billing plan/i.test(text))
    return "This repository's plan has no such protection: rulesets of private repositories need GitHub Team, required reviewers there Enterprise.";
  if (status === 403 || status === 404)
    return "The token may not do this, or hides that there is such a thing. It needs: repository administration (write), contents and metadata (read), organisation members (read); its owner must be an admin of the repository.";
  if (status === 422)
    return "GitHub does not take these values. A team must exist and have access to the repository before it can review.";
  return "Look at https://www.githubstatus.com, then run it again.";
}
