import type { Output } from "../set-up.ts";

/** What a command said and printed. */
export interface Recorded extends Output {
  said: string[];
  printed: string[];
}

export function recorder(): Recorded {
  const said: string[] = [];
  const printed: string[] = [];
  return { said, printed, say: (line) => void said.push(line), print: (text) => void printed.push(text) };
}
