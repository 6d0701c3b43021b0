export type { Duration, HttpContract, ReleaseStrategy, Scale, ServiceContract, Size } from "./types.ts";
export { defineService } from "./define.ts";
export type { ServiceInput } from "./schema.ts";
export { forEnvironment } from "./overrides.ts";
export { hours, isDuration, milliseconds, seconds } from "./duration.ts";
export { FARGATE_SIZES, isFargateSize } from "./fargate.ts";
