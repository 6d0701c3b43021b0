import { relative, sep } from "node:path";
import { refusal } from "../boundaries/refusal.ts";
import { workspacePackages } from "../boundaries/workspace.ts";
import type { Rule, SyntaxNode } from "./rule.ts";

/** Enforces who may import whom; the rules themselves are in ../boundaries. */
export const boundaries: Rule = {
  create(context) {
    const from = relative(context.cwd, context.filename).split(sep).join("/");
    const packages = workspacePackages(context.cwd);
    const check = (node: SyntaxNode) => {
      if (typeof node.source?.value !== "string") return; // export { x }, or import(expression)
      const message = refusal({ from, specifier: node.source.value, packages });
      if (message !== undefined) context.report({ node, message });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};
