/** The part of ESLint's rule interface that our rules use; oxlint implements it. */
export interface Rule {
  create(context: RuleContext): Visitor;
}

export interface RuleContext {
  /** Absolute path of the file. */
  filename: string;
  /** Absolute path of the folder that the linter was started in. */
  cwd: string;
  report(problem: { node: SyntaxNode; message: string }): void;
}

export type Visitor = Record<string, (node: SyntaxNode) => void>;

/** An ESTree node. Its properties depend on `type`; rules look at few, and at none without asking for the type first. */
export interface SyntaxNode {
  type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the tree's types are as wide as the language
  [property: string]: any;
}

/** The dotted name of `a.b.c`, or of a bare identifier; undefined for any other expression. */
export function dottedName(node: SyntaxNode): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression" || node.computed) return undefined;
  const object = dottedName(node.object);
  return object === undefined ? undefined : `${object}.${node.property.name}`;
}
