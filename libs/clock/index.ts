export { type Clock, type Timer, systemClock } from "./clock.ts";
export { type ManualClock, manualClock } from "./manual-clock.ts";
