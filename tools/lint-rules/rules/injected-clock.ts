import { dottedName, type Rule, type SyntaxNode } from "./rule.ts";

const TIMERS = ["setTimeout", "setInterval", "setImmediate"];
const READINGS = ["Date.now", "performance.now", "process.hrtime", "process.hrtime.bigint"];
const MODULES = ["timers", "node:timers", "timers/promises", "node:timers/promises"];

/** Forbids every way to the time but a Clock that was passed in: a decision about time must be repeatable in a test and in a rehearsal. */
export const injectedClock: Rule = {
  create(context) {
    const refuse = (node: SyntaxNode, what: string) =>
      context.report({
        node,
        message: `${what} is not repeatable. Take a Clock (from @fairway/clock) as a parameter: now(), wait(), every().`,
      });
    return {
      CallExpression(node) {
        const name = dottedName(node.callee)?.replace(/^(globalThis|global|window)\./, "");
        if (name === undefined) return;
        if (TIMERS.includes(name) || READINGS.includes(name)) refuse(node, `${name}()`);
        if (name === "Date") refuse(node, "Date()");
      },
      NewExpression(node) {
        if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0)
          refuse(node, "new Date()");
      },
      ImportDeclaration(node) {
        if (MODULES.includes(node.source.value)) refuse(node, `"${node.source.value}"`);
      },
    };
  },
};
