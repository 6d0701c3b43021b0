import { dottedName, type Rule, type SyntaxNode, type Visitor } from "./rule.ts";

/** What asks Pulumi which stack is running. */
const CONTEXT = ["getStack", "getProject", "getOrganization"];

/**
 * Keeps a Pulumi program inside the function that it exports. A plan loads a program once and runs it for many stacks in one
 * process, so what happens while a module loads would happen once, for whichever stack came first.
 */
export const programScope: Rule = {
  create(context) {
    /** Local names that come from Pulumi's packages, with the name that they were imported by ("*" for the whole module). */
    const pulumi = new Map<string, string>();
    let depth = 0;
    const enter = () => void depth++;
    const leave = () => void depth--;
    const refuse = (node: SyntaxNode, message: string) => context.report({ node, message });

    /** "Config" for both `pulumi.Config` and an imported `Config`; "aws.s3.Bucket" stays as written; undefined for what is not Pulumi's. */
    function pulumiName(callee: SyntaxNode): string | undefined {
      const name = dottedName(callee);
      const [head = "", ...rest] = name?.split(".") ?? [];
      const imported = pulumi.get(head);
      if (imported === undefined) return undefined;
      return [imported === "*" ? [] : imported, ...rest].flat().join(".");
    }

    const visitor: Visitor = {
      ImportDeclaration(node) {
        if (node.importKind === "type" || !String(node.source.value).startsWith("@pulumi/")) return;
        for (const each of node.specifiers as SyntaxNode[]) {
          pulumi.set(each.local.name, each.type === "ImportSpecifier" ? (each.imported.name ?? each.imported.value) : "*");
        }
      },
      NewExpression(node) {
        const name = pulumiName(node.callee);
        if (name === undefined) return;
        if (name === "StackReference") {
          return refuse(
            node,
            'A StackReference by hand is invisible to Nx and untyped. Import the other stack\'s outputs: import { network } from "@fairway/network/outputs".',
          );
        }
        if (depth === 0) {
          refuse(
            node,
            `new ${name} runs when the module loads, once for all stacks. Move it into the function that the program exports.`,
          );
        }
      },
      CallExpression(node) {
        if (dottedName(node.callee) === "process.cwd") {
          return refuse(node, "process.cwd() differs between pulumi up, a plan and a rehearsal. Use import.meta.dirname.");
        }
        const name = pulumiName(node.callee);
        if (name !== undefined && CONTEXT.includes(name) && depth === 0) {
          refuse(
            node,
            `${name}() runs when the module loads, once for all stacks. Move it into the function that the program exports.`,
          );
        }
      },
    };
    for (const scope of ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]) {
      visitor[scope] = enter;
      visitor[`${scope}:exit`] = leave;
    }
    return visitor;
  },
};
