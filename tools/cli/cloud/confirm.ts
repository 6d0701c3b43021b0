import { createInterface } from "node:readline/promises";
import { EXIT, Failure } from "../failure.ts";

/** Asks a person, on standard error, so that what is piped stays a result. Resolves to whether they said yes. */
export type Confirm = (question: string) => Promise<boolean>;

export const confirmAtTerminal: Confirm = async (question) => {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new Failure("There is no terminal to ask at. Look with --dry-run, then run it with --yes.", EXIT.usage);
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and Ctrl-D close it without an answer: that is a no.
    const closed = new Promise<string>((resolve) => asking.once("close", () => resolve("")));
    return /^y(es)?$/i.test((await Promise.race([asking.question(`${question} [y/N] `), closed])).trim());
  } finally {
    asking.close();
  }
};
