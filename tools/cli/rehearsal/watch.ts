import { createInterface } from "node:readline/promises";
import { EXIT, Failure } from "../failure.ts";
import { startProgress } from "../terminal/progress.ts";
import type { SessionEvent, SessionResult, UpRequest } from "./events.ts";
import { apply, draw, emptyPicture, line } from "./picture.ts";

export type Change = (request: UpRequest, send: (event: SessionEvent) => void) => Promise<SessionResult>;

/** Shows a change while it happens. Where guarded changes were refused and a person is there, asks and tries again. */
export async function watch(change: Change, request: UpRequest): Promise<SessionResult> {
  const result = await show(change, request);
  if (result.outcome !== "refused" || !process.stdin.isTTY || !process.stderr.isTTY) return result;
  process.stderr.write(`${refusal(result)}\n`);
  if (!(await confirmed("Go on with all of these?"))) return result;
  return show(change, { ...request, yes: true });
}

async function show(change: Change, request: UpRequest): Promise<SessionResult> {
  const picture = emptyPicture();
  const progress = startProgress((spinner, style) => draw(picture, spinner, style));
  try {
    return await change(request, (event) => {
      apply(picture, event);
      if (!process.stderr.isTTY) {
        const text = line(event);
        if (text) progress.line(text);
      }
    });
  } finally {
    progress.end();
  }
}

/** @throws Failure when it did not end well */
export function requireDone(result: SessionResult): void {
  if (result.outcome === "refused") throw new Failure(refusal(result), EXIT.refused);
  if (result.outcome === "failed") throw new Failure(result.failures.join("\n"));
}

function refusal({ refused }: SessionResult): string {
  const leading = refused.filter((change) => change.with === undefined);
  const lines = leading.map(({ environment, urn, allow }) => {
    const company = refused.filter((other) => other.environment === environment && other.with === urn).length;
    const more = company > 0 ? `   (${company} more go with it)` : "";
    return `  ${environment}  ${urn.split("::").at(-2)?.split("$").at(-1)}  ${urn.split("::").at(-1)}   --allow ${allow}${more}`;
  });
  const what = refused.length === 1 ? "1 guarded change" : `${refused.length} guarded changes`;
  return `refused: ${what} would delete or replace data, a foundation or something protected. Nothing was changed.\n\n${lines.join("\n")}\n\nTo go on, name each after --allow, or all with --yes.`;
}

/** Ctrl-C or Ctrl-D at the question is a no: it closes the prompt, which otherwise waits for ever. */
async function confirmed(question: string): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => prompt.once("close", () => resolve("")));
  const answer = await Promise.race([prompt.question(`${question} [y/N] `).catch(() => ""), closed]);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
