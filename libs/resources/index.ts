export type { Json, JsonMap, PlannedResource } from "./types.ts";
