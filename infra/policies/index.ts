export type { Finding, Policy, PolicyReport, Violation, Waiver } from "./types.ts";
export { policies } from "./list.ts";
export { waivers } from "./waivers.ts";
export { checkPolicies, type Examination } from "./check/check.ts";
export { anyFailing, failing, type Failures, type Situation } from "./check/failing.ts";
export { WaiverError } from "./check/waivers.ts";
