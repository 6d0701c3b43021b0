import type { Clock } from "@fairway/clock";
import { Pool } from "undici";
import type { TargetGroup as Declared } from "../world/load-balancers.ts";
import { type CheckResult, type Health, unchecked, watchHealth } from "./health.ts";
import { probe } from "./probe.ts";

/** A process that a target group knows. */
export interface Target {
  id: string;
  port: number;
  health: Health;
  /** Gets no new requests; those in flight may end. */
  draining: boolean;
  /** The deregistration delay ended while requests were in flight: they are cut. */
  cut: boolean;
  inFlight: number;
  /** Connections from the gateway. */
  pool: Pool;
}

export interface Registration {
  id: string;
  port: number;
  /** Resolves when the process accepts connections; health is checked from then on. */
  listening: Promise<void>;
  onHealth: (health: Health) => void;
}

/** The registered targets of one target group: health, round robin, draining. */
export class TargetGroup {
  private declared: Declared;
  private readonly clock: Clock;
  private readonly idleTimeout: () => number;
  private readonly registered = new Map<string, { target: Target; end: AbortController; idle: () => void }>();
  private turn = 0;

  constructor(declared: Declared, clock: Clock, idleTimeout: () => number) {
    this.declared = declared;
    this.clock = clock;
    this.idleTimeout = idleTimeout;
  }

  get settings(): Declared {
    return this.declared;
  }

  declare(declared: Declared): void {
    this.declared = declared;
  }

  targets(): Target[] {
    return [...this.registered.values()].map(({ target }) => target);
  }

  /** The next target in turn that may get a request; why not, when there is none. */
  pick(): Target | "no-targets" | "no-healthy-targets" {
    const active = this.targets().filter((target) => !target.draining);
    if (active.length === 0) return "no-targets";
    const routable = this.routable(active);
    this.turn = (this.turn + 1) % Math.max(1, routable.length);
    return routable[this.turn] ?? "no-healthy-targets";
  }

  register(registration: Registration): void {
    if (this.registered.has(registration.id)) return;
    const { id, port } = registration;
    const target: Target = {
      id,
      port,
      health: unchecked,
      draining: false,
      cut: false,
      inFlight: 0,
      pool: this.connections(port),
    };
    const end = new AbortController();
    this.registered.set(id, { target, end, idle: () => undefined });
    void watchHealth({
      clock: this.clock,
      check: () => this.declared.health,
      probe: (check): Promise<CheckResult> => probe(port, check),
      ready: registration.listening,
      signal: end.signal,
      onResult: (health) => {
        target.health = health;
        registration.onHealth(health);
      },
    });
  }

  /** Resolves when nothing is in flight any more, or after the deregistration delay, which cuts what still is. */
  async deregister(id: string): Promise<void> {
    const found = this.registered.get(id);
    if (!found || found.target.draining) return;
    const { target, end } = found;
    target.draining = true;
    end.abort();
    if (target.inFlight > 0) {
      const drained = new Promise<void>((resolve) => (found.idle = resolve));
      const over = new AbortController();
      await Promise.race([drained, this.clock.wait(this.declared.deregistrationDelay, over.signal)]);
      over.abort();
      target.cut = target.inFlight > 0;
    }
    this.forget(id);
  }

  /** The process is gone: nothing to drain. */
  forget(id: string): void {
    const found = this.registered.get(id);
    if (!found) return;
    found.end.abort();
    this.registered.delete(id);
    found.target.draining = true;
    found.idle();
    void found.target.pool.destroy().catch(() => undefined);
  }

  began(target: Target): void {
    target.inFlight++;
  }

  ended(target: Target): void {
    target.inFlight--;
    if (target.inFlight === 0) this.registered.get(target.id)?.idle();
  }

  /**
   * ALB fails open: with fewer healthy targets than the group's minimum (1 unless set), requests go to unhealthy ones too.
   * Targets still at their initial checks get none.
   */
  private routable(active: Target[]): Target[] {
    const healthy = active.filter((target) => target.health.status === "healthy");
    if (healthy.length >= this.declared.minimumHealthyTargets) return healthy;
    const checked = active.filter((target) => target.health.status !== "initial");
    return checked.length === active.length ? checked : healthy;
  }

  private connections(port: number): Pool {
    const idleTimeout = this.idleTimeout();
    return new Pool(`http://127.0.0.1:${port}`, {
      connections: null,
      pipelining: 1,
      headersTimeout: idleTimeout,
      bodyTimeout: idleTimeout,
      connect: { timeout: 10_000 }, // ALB: 504 when a connection takes over 10 s
      // An ALB keeps a connection for its own idle timeout and knows nothing of a target's `Keep-Alive: timeout` hint, so a
      // target that closes earlier shows the same 502s here as there. The negative threshold makes undici ignore the hint.
      keepAliveTimeout: idleTimeout,
      keepAliveMaxTimeout: idleTimeout,
      keepAliveTimeoutThreshold: -86_400_000,
    });
  }
}
