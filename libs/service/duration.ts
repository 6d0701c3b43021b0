import type { Duration } from "./types.ts";

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

export function isDuration(text: string): text is Duration {
  return /^\d+(\.\d+)?[smhd]$/.test(text);
}

/** @throws when it is no duration, saying how one is written */
export function seconds(duration: Duration): number {
  if (!isDuration(duration))
    throw new Error(`"${String(duration)}" is no duration: write a number and s, m, h or d, for example 30s or 5m.`);
  return Number(duration.slice(0, -1)) * SECONDS[duration.slice(-1) as keyof typeof SECONDS];
}

export function milliseconds(duration: Duration): number {
  return seconds(duration) * 1000;
}

export function hours(duration: Duration): number {
  return seconds(duration) / SECONDS.h;
}
