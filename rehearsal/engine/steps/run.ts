import type { PropertyMap } from "../properties/value.ts";
import type { Edit } from "../state/types.ts";
import type { Diagnostic, EngineEvent, ResourceState, Step } from "../types.ts";
import type { DeploymentOptions, RegistrationResult } from "./types.ts";
import type { Allowance } from "./deciding/guarded.ts";
import type { Inherited } from "./deciding/inheritance.ts";
import { parseAllowances } from "./deciding/guarded.ts";
import { withoutSecrets } from "./deciding/secrets.ts";
import { RegistrationError, messageOf } from "./error.ts";
import { Providers } from "./providers/registry.ts";
import { Snapshot } from "./snapshot.ts";

/** A resource that the program has registered or read in this run. */
export interface Claim {
  urn: string;
  inherited: Inherited;
  /** Every URN that it may have had. */
  aliases: readonly string[];
  /** Settles, never rejects, when the resource's own step is over; a constructed component's children are not waited for. */
  over: Promise<void>;
  /** Present when its step is done. */
  done?: { state: ResourceState; result: RegistrationResult };
}

/** A resource that is deleted before its replacement is made, and waits to be registered. */
export interface Condemned {
  /** Why it is replaced, in a sentence, and the keys that force it. */
  why: string;
  replaceKeys: string[];
  /** Resolves when it is gone; rejects when it could not be deleted. */
  gone: Promise<void>;
}

/** What one deployment knows while it lasts. */
export class Run {
  readonly options: DeploymentOptions;
  readonly preview: boolean;
  readonly snapshot: Snapshot;
  readonly providers: Providers;
  readonly allow: readonly Allowance[] | undefined;
  readonly steps: Step[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly claims = new Map<string, Claim>();
  /** Former URNs that were taken over, and by whom. */
  readonly takenOver = new Map<string, string>();
  readonly condemned = new Map<string, Condemned>();
  /** URN of the resource that stands for the stack; empty until it is registered. */
  rootStack = "";
  /** What the program gave as the stack's outputs, when it did. */
  stackOutputs: PropertyMap | undefined;
  failed = false;
  readonly #reported = new WeakSet<object>();
  #decisions: Promise<unknown> = Promise.resolve();

  constructor(options: DeploymentOptions) {
    this.options = options;
    this.preview = options.mode === "preview";
    this.snapshot = new Snapshot(options.state.resources());
    this.providers = new Providers(options.providers, this.snapshot);
    this.allow = options.allow && parseAllowances(options.allow);
    options.signal?.addEventListener("abort", () => (this.failed = true), { once: true });
    if (options.signal?.aborted) this.failed = true;
  }

  /** @throws RegistrationError when the deployment is over: nothing new may begin. */
  proceed(urn?: string): void {
    if (!this.failed) return;
    const why = this.options.signal?.aborted ? "was aborted" : "has failed";
    throw new RegistrationError("unavailable", `the deployment ${why}: nothing more is started`, urn);
  }

  /**
   * Decides one resource at a time, in the order of arrival, so that no decision sees half of another.
   * What was decided is then carried out side by side.
   */
  decide<T>(decision: () => Promise<T>): Promise<T> {
    const result = this.#decisions.then(decision);
    this.#decisions = result.catch(() => undefined);
    return result;
  }

  /** Durable when it resolves; in a preview nothing but the snapshot changes. */
  async commit(edits: readonly Edit[]): Promise<void> {
    if (edits.length === 0) return;
    if (!this.preview) await this.options.state.commit(edits);
    this.snapshot.apply(edits);
  }

  emit(event: EngineEvent): void {
    this.options.onEvent?.(event);
  }

  diagnose(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    this.emit({ kind: "diagnostic", diagnostic });
  }

  /** Carries out decided steps that begin and end together, such as `replace` and its `create-replacement`. */
  async perform(
    steps: readonly Step[],
    action: () => Promise<{ resource?: ResourceState; previous?: ResourceState }>,
  ): Promise<void> {
    for (const step of steps) this.emit({ kind: "step-started", step });
    try {
      const { resource, previous } = await action();
      for (const step of steps.toReversed()) this.emit({ kind: "step-done", step, resource, previous });
    } catch (error) {
      const last = steps.at(-1);
      const failure = error instanceof RegistrationError || !last ? error : failed(last, error);
      for (const step of steps.toReversed()) this.emit({ kind: "step-failed", step, message: messageOf(failure) });
      throw failure;
    }
  }

  /** Ends the deployment because of `error`, and says so once. */
  fail(error: unknown, urn?: string): RegistrationError {
    if (error instanceof RegistrationError && error.kind === "unavailable") {
      this.failed = true;
      return error;
    }
    const known = error instanceof RegistrationError ? error : new RegistrationError("failed", messageOf(error), urn, error);
    this.failed = true;
    // A default provider that can't be configured fails all that need it, and is reported once.
    const cause = typeof error === "object" && error !== null ? error : known;
    if (!this.#reported.has(cause)) this.diagnose({ severity: "error", urn: known.urn, message: known.message });
    this.#reported.add(cause).add(known);
    return known;
  }
}

function failed(step: Step, error: unknown): RegistrationError {
  const message = withoutSecrets(messageOf(error), step.newInputs, step.oldInputs);
  return new RegistrationError("failed", `${step.name} (${step.type}): ${step.op} failed: ${message}`, step.urn, error);
}
