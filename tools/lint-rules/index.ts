import { boundaries } from "./rules/boundaries.ts";
import { injectedClock } from "./rules/injected-clock.ts";
import { programScope } from "./rules/program-scope.ts";

/** The rules of this repository that no general linter knows, as an oxlint plugin. Where each applies is said in .oxlintrc.json. */
export default {
  meta: { name: "fairway" },
  rules: {
    boundaries: boundaries,
    "injected-clock": injectedClock,
    "program-scope": programScope,
  },
};
