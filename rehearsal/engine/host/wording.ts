import { stripVTControlCharacters } from "node:util";
import { refusalIn } from "./protocol/refusals.ts";

/** What is known of the run that an error comes from. */
export interface Circumstances {
  /** The stack that runs, `ORGANIZATION/PROJECT/STACK`. */
  consumer: string;
  /** Names of the outputs of each stack that it referred to. */
  references: ReadonlyMap<string, readonly string[]>;
}

/** An error of the SDK, said for the person who must act. */
export function inOurWords(message: string, circumstances: Circumstances): string {
  const plain = stripVTControlCharacters(message)
    .replace(/^Running program '[^']*' failed with an unhandled exception:\s*/, "")
    // The variable that these recommend does not reach a program here.
    .replace(/ If you are unsure about\nwhy you are seeing this message[^]*$/, "")
    .replace(/\n\nRe-run your program with the `PULUMI_DEBUG_PROMISE_LEAKS`[^]*$/, "");
  return refusalIn(plain)?.message ?? missingOutput(plain, circumstances) ?? withoutInnards(plain);
}

/** Node prints an error with the promise that it rejected, and with frames of Node and of packages, where nobody looks for the cause. */
function withoutInnards(message: string): string {
  return message
    .replace(/^<ref \*\d+> /, "")
    .replace(/ \{\n\s*promise: Promise \{ <rejected> \[Circular \*\d+\] \}\n\s*\}/, "")
    .replace(/^Error: error serializing property "outputs": /, "Error: ")
    .replace(/\n +at [^\n]*(\/node_modules\/|node:)[^\n]*/g, "");
}

/** The SDK names the output and the producer; who needs it and what there is instead is known here. */
function missingOutput(message: string, { consumer, references }: Circumstances): string | undefined {
  const found = /Required output '([^']*)' does not exist on stack '([^']*)'\./.exec(message);
  if (!found) return undefined;
  const [sentence, output, producer] = found as unknown as [string, string, string];
  const property = /error serializing property "([^"]+)"/.exec(message)?.[1];
  const has = references.get(producer) ?? [];
  const stack = message.slice(message.indexOf(sentence) + sentence.length);
  return (
    `${consumer} needs output "${output}" of ${producer}${property ? ` for a property "${property}"` : ""}, which has no such output. ` +
    `It has ${has.length === 0 ? "none: has it been brought up?" : `${has.join(", ")}.`}${stack}`
  );
}
