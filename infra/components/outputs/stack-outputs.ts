import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** What one stack promises to others. Made by {@link stackOutputs}. */
export interface StackOutputs<Values> {
  /** The project that produces them. */
  readonly project: string;
  /** For the producer's program: what it returns. Every value is checked once it is known. */
  produce(values: { [Name in keyof Values]: pulumi.Input<Values[Name]> }): {
    [Name in keyof Values]: pulumi.Output<Values[Name]>;
  };
  /** For a consumer's program: the outputs of the producer's stack of the same name, checked when read. */
  read(): { readonly [Name in keyof Values]: pulumi.Output<Values[Name]> };
}

/**
 * Declares the outputs of a stack. Its `outputs.ts` exports the declaration; importing that is the dependency between two stacks.
 *
 * State is read as it was written, maybe by an older program: each value is parsed when it is read, so that the compiler is
 * not lied to.
 *
 * @param project name of the producing Pulumi project
 * @example
 * export const network = stackOutputs("network", z.object({ vpcId: z.string() }));
 * // in the producer:  return network.produce({ vpcId: vpc.id });
 * // in a consumer:    const { vpcId } = network.read();
 */
export function stackOutputs<Shape extends z.core.$ZodLooseShape>(
  project: string,
  schema: z.ZodObject<Shape>,
): StackOutputs<z.output<z.ZodObject<Shape>>> {
  type Values = z.output<z.ZodObject<Shape>>;
  const names = Object.keys(schema.shape);
  const memory = new WeakMap<object, ReturnType<StackOutputs<Values>["read"]>>();

  const produce: StackOutputs<Values>["produce"] = (values) => {
    const given = values as Record<string, pulumi.Input<unknown>>;
    const outputs = names.map((name) => [
      name,
      (pulumi.output(given[name]) as pulumi.Output<unknown>).apply((value) =>
        parse(value, name, (rule) => wrongProduct(project, name, rule)),
      ),
    ]);
    return Object.fromEntries(outputs);
  };

  const read: StackOutputs<Values>["read"] = () => {
    // Many programs share this module, so what was read is kept per program, not per module.
    const program = currentProgram();
    const before = memory.get(program);
    if (before) return before;
    const producer = `${pulumi.getOrganization()}/${project}/${pulumi.getStack()}`;
    const consumer = `${pulumi.getProject()}/${pulumi.getStack()}`;
    const reference = new pulumi.StackReference(project, { name: producer });
    const outputs = names.map((name) => [
      name,
      reference
        .getOutput(name)
        .apply((value) => parse(value, name, (rule) => unreadable({ consumer, producer, name, value, rule }))),
    ]);
    const result = Object.fromEntries(outputs);
    memory.set(program, result);
    return result;
  };

  return { project, produce, read };

  function parse(value: unknown, name: string, message: (rule: string) => string): unknown {
    const parsed = z.safeParse(schema.shape[name] as z.ZodType, value);
    if (parsed.success) return parsed.data;
    throw new Error(message(parsed.error.issues.map(({ path, message }) => [...path, message].join(": ")).join("; ")));
  }
}

/** An object that lives as long as the running program, and is another one for each program. */
function currentProgram(): object {
  // Internal to the SDK, where no public name exists. Outside a program (tests with mocks) there is no root stack resource.
  const runtime = pulumi.runtime as unknown as { getStackResource?: () => object | undefined };
  return runtime.getStackResource?.() ?? {};
}

function wrongProduct(project: string, name: string, rule: string): string {
  return `stack ${project}/${pulumi.getStack()} would export an output "${name}" that breaks its own outputs.ts: ${rule}.`;
}

/** The message for an output that can't be read: consumer, producer, output, and what to do. */
export function unreadable(what: { consumer: string; producer: string; name: string; value: unknown; rule: string }): string {
  const [, project, stack] = what.producer.split("/");
  const found = what.value === undefined ? "it has no such output" : what.rule;
  return (
    `${what.consumer} reads output "${what.name}" of stack ${what.producer}, but ${found}. ` +
    `Bring the producer up to date first (\`nx up ${project} -c ${stack}\`), then run this again.`
  );
}
