import { createServer, type IncomingMessage } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createEnvironments, type FakeEnvironment } from "./fake-github-environments.ts";

/** A GitHub on loopback with one repository: the routes that setting up and checking ask, with their status codes and shapes. */
export interface FakeGitHub {
  baseUrl: string;
  /** The only token that it takes. */
  token: string;
  /** `METHOD /path` of each request so far. */
  requests: string[];
  repository: { default_branch: string; admin: boolean; id: number; ownerId: number };
  /** Ids by `organisation/slug`. */
  teams: Map<string, number>;
  environments: Map<string, FakeEnvironment>;
  rulesets: Ruleset[];
  /** What the CODEOWNERS file on main says wrongly. */
  codeOwnersErrors: { line: number; message: string }[];
  /** `undefined`: the default subject of OIDC tokens. */
  subjectClaims: string[] | undefined;
  /** Answers every request with this from now on. */
  refuse(status: number, body: unknown, headers?: Record<string, string>): void;
  close(): Promise<void>;
}

export interface Ruleset {
  id: number;
  name: string;
  [key: string]: unknown;
}

export interface Answer {
  status: number;
  body?: unknown;
}

export const NOT_FOUND: Answer = { status: 404, body: { message: "Not Found" } };

const REPOSITORY = "/repos/acme-chandlery/platform";

export async function startFakeGitHub(): Promise<FakeGitHub> {
  let refusal: { status: number; body: unknown; headers: Record<string, string> } | undefined;
  const teams = new Map([
    ["acme-chandlery/platform", 11],
    ["acme-chandlery/shopping", 22],
  ]);
  const environments = createEnvironments(teams);
  const rulesets: Ruleset[] = [];

  const server = createServer((request, response) => {
    void (async () => {
      const path = (request.url ?? "").split("?")[0] ?? "";
      fake.requests.push(`${request.method} ${path}`);
      const body = await bodyOf(request);
      const { status, body: answer, headers } = refusal ?? { headers: {}, ...route(request, path, body) };
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(answer === undefined ? undefined : JSON.stringify(answer));
    })();
  });

  function route(request: IncomingMessage, path: string, body: Record<string, unknown>): Answer {
    if (request.headers.authorization !== `Bearer ${fake.token}`) return { status: 401, body: { message: "Bad credentials" } };
    const team = /^\/orgs\/([^/]+)\/teams\/([^/]+)$/.exec(path);
    if (team) {
      const id = teams.get(`${team[1]}/${team[2]}`);
      return id === undefined ? NOT_FOUND : { status: 200, body: { id, slug: team[2] } };
    }
    if (!path.startsWith(REPOSITORY)) return NOT_FOUND;
    const rest = path.slice(REPOSITORY.length);
    const { default_branch, admin, id, ownerId } = fake.repository;
    if (rest === "") return { status: 200, body: { id, default_branch, owner: { id: ownerId }, permissions: { admin } } };
    if (rest === "/codeowners/errors") return { status: 200, body: { errors: fake.codeOwnersErrors } };
    if (rest === "/actions/oidc/customization/sub")
      return { status: 200, body: { use_default: fake.subjectClaims === undefined, include_claim_keys: fake.subjectClaims } };
    if (rest.startsWith("/environments/")) return environments.route(request.method ?? "", rest, body);
    return rulesetRoute(request.method ?? "", rest, body);
  }

  function rulesetRoute(method: string, rest: string, body: Record<string, unknown>): Answer {
    const id = /^\/rulesets\/(\d+)$/.exec(rest)?.[1];
    const index = rulesets.findIndex((each) => String(each.id) === id);
    if (rest === "/rulesets" && method === "GET")
      return { status: 200, body: rulesets.map((each) => ({ id: each.id, name: each.name, enforcement: each.enforcement })) };
    if (rest === "/rulesets" && method === "POST") {
      const made = { id: rulesets.length + 1, ...body } as Ruleset;
      rulesets.push(made);
      return { status: 201, body: made };
    }
    if (index < 0) return NOT_FOUND;
    if (method === "PUT") rulesets[index] = { ...rulesets[index], ...body } as Ruleset;
    return { status: 200, body: rulesets[index] };
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const fake: FakeGitHub = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: "ghp_secret",
    requests: [],
    repository: { default_branch: "main", admin: true, id: 4711, ownerId: 42 },
    teams,
    environments: environments.all,
    rulesets,
    codeOwnersErrors: [],
    subjectClaims: undefined,
    refuse: (status, body, headers = {}) => void (refusal = { status, body, headers }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return fake;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
