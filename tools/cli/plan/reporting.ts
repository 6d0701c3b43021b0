/** All that judges and shows a plan: loaded while programs run, so that it costs a plan no time. */
export { reviewOf } from "./review/review.ts";
export { checkWaivers, judgeWaivers } from "./review/policies.ts";
export { planReport } from "./report/report.ts";
export { exitCodeOf } from "./report/verdict.ts";
export { planComment } from "./markdown/comment.ts";
export { shellWord } from "./markdown/quote.ts";
