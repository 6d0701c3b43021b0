import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../tasks/atomic-file.ts";
import type { ServiceRecord } from "./deployment.ts";

/** The services' deployment records on disk, one file each. They hold container environments: readable by the owner only. */
export class Records {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  read(environment: string, urn: string): ServiceRecord | undefined {
    const file = this.file(environment, urn);
    if (!existsSync(file)) return undefined;
    try {
      return JSON.parse(readFileSync(file, "utf8")) as ServiceRecord;
    } catch (error) {
      throw new Error(
        `${file}, the deployment record of ${urn}, can't be read (${String(error)}). ` +
          `Delete it to deploy the service as it is declared, without a version to roll back to.`,
      );
    }
  }

  write(environment: string, urn: string, record: ServiceRecord): void {
    writeAtomically(this.file(environment, urn), JSON.stringify(record, null, 2));
  }

  delete(environment: string, urn: string): void {
    rmSync(this.file(environment, urn), { force: true });
  }

  private file(environment: string, urn: string): string {
    const name =
      urn
        .split("::")
        .at(-1)
        ?.replace(/[^\w-]/g, "_") ?? "service";
    const hash = createHash("sha256").update(urn).digest("hex").slice(0, 8);
    return join(this.folder, `${environment}-${name}-${hash}.json`);
  }
}
