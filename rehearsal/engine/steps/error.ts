/**
 * Why a registration was not done.
 *
 * - `refused`: what the program asks for is not allowed or not possible; nothing was executed for it.
 * - `failed`: a provider or the state said no.
 * - `unavailable`: the deployment is over, because another step failed or it was aborted. The program is abandoned.
 */
export class RegistrationError extends Error {
  readonly kind: "refused" | "failed" | "unavailable";
  /** Resource that it is about; absent when there is none. */
  readonly urn: string | undefined;

  constructor(kind: RegistrationError["kind"], message: string, urn?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "RegistrationError";
    this.kind = kind;
    this.urn = urn;
  }
}

/** What an unknown thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
