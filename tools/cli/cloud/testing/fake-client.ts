export type Input = Record<string, unknown>;

/** What a command answers, by the command's class name. */
export type Handlers = Record<string, (input: Input) => unknown>;

/** An error in the shape of the SDK's: its name is AWS's error code. */
export function awsError(name: string, status: number, message = name): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

/** A client whose commands are answered here. @throws for a command that nobody answers, so that no test passes unnoticed */
export function sender(handlers: Handlers, before: (command: string) => void) {
  return {
    send: async (command: { constructor: { name: string }; input: Input }) => {
      const { name } = command.constructor;
      before(name);
      const answer = handlers[name];
      if (!answer) throw new Error(`the fake AWS does not know ${name}`);
      return answer(command.input);
    },
  };
}
