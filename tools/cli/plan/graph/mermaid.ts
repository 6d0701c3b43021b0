import type { GraphNode, ResourceGraph } from "./model.ts";

/** The graph as Mermaid text, which GitHub shows as a picture in Markdown. */
export function mermaidOf({ title, projects, edges }: ResourceGraph): string {
  const lines = ["---", `title: ${JSON.stringify(title)}`, "---", "flowchart RL"];
  for (const project of projects) lines.push(...nodeLines(project, 1));
  for (const { from, to } of edges) lines.push(`  ${from} --> ${to}`);
  return `${lines.join("\n")}\n`;
}

function nodeLines({ id, label, detail, children, kind }: GraphNode, depth: number): string[] {
  const by = "  ".repeat(depth);
  const text = `${quoted(label)}<br/><small>${quoted(detail)}</small>`;
  if (children.length === 0) return [`${by}${id}${kind === "resource" ? `["${text}"]` : `[["${text}"]]`}`];
  return [`${by}subgraph ${id} ["${text}"]`, ...children.flatMap((child) => nodeLines(child, depth + 1)), `${by}end`];
}

/** Mermaid reads entities as `#60;`: nothing in a name can end its text or become HTML. */
function quoted(text: string): string {
  return text.replace(/[^\w .,:/×-]/g, (character) => `#${character.codePointAt(0)};`);
}
