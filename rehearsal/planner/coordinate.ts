import type { StackOutputs } from "@fairway/engine";

/** What identifies a stack of a platform: its Pulumi project and its environment. */
export interface StackId {
  project: string;
  stack: string;
}

/** How running one stack ended, as far as the others care. */
export interface Outcome {
  ok: boolean;
  outputs: StackOutputs;
}

export type References = (name: string) => Promise<StackOutputs | undefined>;

export const keyOf = ({ project, stack }: StackId) => `${project}/${stack}`;

/** The words before a skipped stack's reason, so that its producer's own error is told once and not again by every consumer. */
const SKIPPED = "not run";

/**
 * Runs many stacks at once. A stack that refers to another waits for it, there and then: no order is declared anywhere, so
 * none can be wrong. Each stack runs once.
 *
 * A reference to another environment, a cycle, and a producer that failed are errors of the referring stack.
 *
 * @param run runs one stack; its `references` is what the stack's program asks
 * @param stored outputs of a stack that is not among `stacks`, from its state; undefined when there is none
 */
export async function coordinate<S extends StackId, T extends Outcome>(
  stacks: readonly S[],
  run: (stack: S, references: References) => Promise<T>,
  stored: (id: StackId) => StackOutputs | undefined = () => undefined,
): Promise<Map<string, T>> {
  const waitsFor = new Map<string, Set<string>>();
  const runs = new Map<string, Promise<T>>();
  // Every run is in the table before the first of them can ask for another.
  const start = Promise.withResolvers<void>();
  for (const stack of stacks) {
    runs.set(
      keyOf(stack),
      start.promise.then(() => run(stack, (name) => resolve(stack, name))),
    );
  }
  start.resolve();
  const entries = await Promise.all([...runs].map(async ([key, promise]) => [key, await promise] as const));
  return new Map(entries);

  async function resolve(consumer: S, name: string): Promise<StackOutputs | undefined> {
    const producer = parseReference(name, consumer);
    const key = keyOf(producer);
    const producing = runs.get(key);
    if (!producing) return stored(producer);
    noteWaiting(keyOf(consumer), key);
    const outcome = await producing;
    waitsFor.get(keyOf(consumer))?.delete(key);
    if (!outcome.ok)
      throw new Error(`${SKIPPED}: ${keyOf(consumer)} reads the outputs of ${key}, which failed. Mend ${key} first.`);
    return outcome.outputs;
  }

  function noteWaiting(consumer: string, producer: string): void {
    const path = pathBetween(producer, consumer, waitsFor);
    if (path)
      throw new Error(
        `stacks refer to one another in a circle: ${[consumer, ...path].join(" → ")}. Break it: move what both need into a third stack.`,
      );
    waitsFor.set(consumer, (waitsFor.get(consumer) ?? new Set()).add(producer));
  }
}

/** Whether a diagnostic only repeats that a producer failed. */
export function isSkip(message: string): boolean {
  return message.includes(`${SKIPPED}: `);
}

/** `organization/PROJECT/STACK`, or `STACK` of the consumer's own project. */
function parseReference(name: string, consumer: StackId): StackId {
  const parts = name.split("/");
  const stack = parts.at(-1) ?? "";
  const project = parts.at(-2) ?? consumer.project;
  if (stack !== consumer.stack) {
    throw new Error(
      `${keyOf(consumer)} refers to ${project}/${stack}: each environment has a state backend of its own, and no reference crosses it. ` +
        `Refer to ${project}/${consumer.stack}, or take what environments share from platform.config.ts.`,
    );
  }
  return { project, stack };
}

/** The stacks on a way from one to another along what waits for what; undefined when there is none. */
function pathBetween(from: string, to: string, waitsFor: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  if (from === to) return [from];
  for (const next of waitsFor.get(from) ?? []) {
    const rest = pathBetween(next, to, waitsFor);
    if (rest) return [from, ...rest];
  }
  return undefined;
}
