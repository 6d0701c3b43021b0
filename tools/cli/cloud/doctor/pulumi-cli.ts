import { satisfies, valid } from "semver";
import { type Platform, type Scope, stateBackend } from "@fairway/settings";
import { type Check, type Finding, fine, note, wrong } from "./finding.ts";

/** What is known of the Pulumi CLI on this machine. */
export interface PulumiCli {
  /** What `pulumi version` says, for example "v3.265.0"; undefined when there is none. */
  version(): Promise<string | undefined>;
  /** The backend that it is logged in to, for example `s3://…`; undefined when to none. */
  backend(): Promise<string | undefined>;
}

/** A project and the versions of the CLI that it takes. */
export interface Requirement {
  project: string;
  /** Semver range of its Pulumi.yaml: `requiredPulumiVersion`. */
  range: string;
}

/** Whether the Pulumi CLI is there, new enough for every project, and logged in to the scope's own backend. */
export function pulumiCheck(cli: PulumiCli, platform: Platform, scope: Scope, required: readonly Requirement[]): Check {
  return { name: "pulumi", run: async () => [...(await version()), ...(await login())] };

  async function version(): Promise<Finding[]> {
    const said = await cli.version();
    if (said === undefined) return [wrong("pulumi", "there is no Pulumi CLI", "npm install --global pulumi")];
    const number = said.replace(/^v/, "");
    if (!valid(number)) return [note("pulumi", `"${said}" is no version that can be compared`)];
    const unmet = required.filter(({ range }) => !satisfies(number, range, { includePrerelease: true }));
    if (unmet.length === 0) return [fine("pulumi", `${number}, new enough for ${required.length} projects`)];
    const wanted = unmet.map(({ project, range }) => `${project} wants ${range}`).join(", ");
    return [wrong("pulumi", `${number} is not what the projects want: ${wanted}`, "npm install --global pulumi@latest")];
  }

  async function login(): Promise<Finding[]> {
    const wanted = stateBackend(platform, scope);
    const present = await cli.backend();
    const fix = `pulumi login '${wanted}'`;
    if (present === undefined) return [note("pulumi", "logged in to no backend", fix)];
    if (place(present) === place(wanted)) return [fine("pulumi", `logged in to ${present}`)];
    return [wrong("pulumi", `logged in to ${present}, and the states of "${scope.name}" are in ${wanted}`, fix)];
  }
}

/** A backend without the parameters that only say how it is reached. */
const place = (url: string) => url.split("?")[0]?.replace(/\/$/, "");
