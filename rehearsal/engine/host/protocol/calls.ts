import * as grpc from "@grpc/grpc-js";

/** A request that the SDK can say and that we refuse by name. Ends the run: one clear error, nothing guessed. */
export class Refusal extends Error {
  /** Resource that asked for it, when it is one. */
  readonly resource: string | undefined;

  constructor(message: string, resource?: string) {
    super(message);
    this.name = "Refusal";
    this.resource = resource;
  }
}

type Callback<Response> = (error: Partial<grpc.StatusObject> | null, response?: Response) => void;

/**
 * The calls of one program: what is in flight, how many there were, and their end.
 *
 * After {@link Calls.end} every call, in flight or still to come, is answered with UNAVAILABLE, which the SDK takes for "the
 * engine is going away" and does not report as an error of the program.
 */
export class Calls {
  /** Calls that were made so far. */
  made = 0;
  private readonly flying = new Map<number, { what: string; end: () => void }>();
  private ended = false;
  private readonly onError: (error: unknown) => void;

  /** @param onError hears of each call that failed, before it is answered; it may {@link Calls.end} them all */
  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  /** What is in flight, in words, in the order of arrival. */
  get inFlight(): string[] {
    return [...this.flying.values()].map((call) => call.what);
  }

  /** A gRPC handler that answers with what `work` resolves to. */
  handler<Request, Response>(
    describe: (request: Request) => string,
    work: (request: Request) => Promise<Response> | Response,
  ): grpc.handleUnaryCall<Request, Response> {
    return (call, answer) =>
      void this.answer(
        () => describe(call.request),
        async () => work(call.request),
        answer as Callback<Response>,
      );
  }

  end(): void {
    this.ended = true;
    for (const call of this.flying.values()) call.end();
    this.flying.clear();
  }

  private async answer<Response>(what: () => string, work: () => Promise<Response>, answer: Callback<Response>): Promise<void> {
    const number = ++this.made;
    if (this.ended) return answer(UNAVAILABLE);
    let open = true;
    const once: Callback<Response> = (error, response) => {
      if (!open) return;
      open = false;
      this.flying.delete(number);
      answer(error, response);
    };
    this.flying.set(number, { what: what(), end: () => once(UNAVAILABLE) });
    try {
      once(null, await work());
    } catch (error) {
      if (open) this.onError(error);
      once({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    }
  }
}

const UNAVAILABLE = { code: grpc.status.UNAVAILABLE, details: "the engine has ended this run" };
