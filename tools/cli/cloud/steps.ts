import { Failure } from "../failure.ts";

/** How something stands against what it should be. */
export type Standing = { is: "right" } | { is: "missing" } | { is: "different"; how: string };

/** One thing that must exist and be right. `make` brings it there from any standing, so a run that broke off is simply run again. */
export interface Step {
  /** What it is, for a person: "bucket acme-dev-pulumi-state-…". */
  name: string;
  look(): Promise<Standing>;
  make(): Promise<void>;
}

export interface Looked {
  name: string;
  standing: Standing;
}

export interface Done {
  name: string;
  outcome: "exists" | "created" | "mended";
}

export const RIGHT: Standing = { is: "right" };
export const MISSING: Standing = { is: "missing" };
export const different = (how: string): Standing => ({ is: "different", how });

/** How all steps stand, in order. Changes nothing. */
export async function lookAt(steps: readonly Step[]): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const step of steps) looked.push({ name: step.name, standing: await step.look() });
  return looked;
}

/**
 * Makes what is not right, in order, one after the other: later steps need earlier ones.
 *
 * @throws Failure saying how far it came; what was made stays, and the next run goes on from there
 */
export async function carryOut(steps: readonly Step[], say: (done: Done) => void): Promise<Done[]> {
  const finished: Done[] = [];
  for (const step of steps) {
    try {
      const standing = await step.look();
      if (standing.is !== "right") await step.make();
      const outcome = ({ right: "exists", missing: "created", different: "mended" } as const)[standing.is];
      finished.push({ name: step.name, outcome });
      say({ name: step.name, outcome });
    } catch (error) {
      const far = `${finished.length} of ${steps.length} are right; run the same command again when this is mended, it goes on from here.`;
      const exitCode = error instanceof Failure ? error.exitCode : undefined;
      throw new Failure(`${step.name}: ${(error as Error).message}\n${far}`, exitCode, { cause: error });
    }
  }
  return finished;
}
