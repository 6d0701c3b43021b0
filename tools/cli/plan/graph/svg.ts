import { FONT, type PlacedEdge, type PlacedNode, placed, shown } from "./layout.ts";
import type { ResourceGraph } from "./model.ts";

const COLOURS = {
  project: { fill: "#f3f6fa", line: "#8aa0b8" },
  component: { fill: "#e3ecf7", line: "#6f8fb3" },
  resource: { fill: "#ffffff", line: "#b3bdc9" },
} as const;
const TEXT = "#1d2733";
const QUIET = "#5b6b7d";

/** The graph as a picture of its own: no script, no font or image from elsewhere. */
export function svgOf(graph: ResourceGraph): string {
  const { title, width, height, nodes, edges } = placed(graph);
  const size = `${round(width)} ${round(height)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" width="${round(width)}" height="${round(height)}" font-family="system-ui, Helvetica, Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${QUIET}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(16, 28, title, 17, TEXT, true),
    text(16, 46, "An arrow leads to what is needed. Between projects it stands for all references.", FONT.detail, QUIET),
    ...nodes.flatMap(box),
    ...edges.map(arrow),
    "</svg>",
    "",
  ].join("\n");
}

function box({ x, y, width, height, label, detail, kind, children }: PlacedNode): string[] {
  const { fill, line } = COLOURS[kind];
  return [
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6" fill="${fill}" stroke="${line}"/>`,
    text(x + 12, y + 19, shown(label), FONT.label, TEXT, kind !== "resource"),
    text(x + 12, y + 34, shown(detail), FONT.detail, QUIET),
    ...children.flatMap(box),
  ];
}

function arrow({ points }: PlacedEdge): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const path = `M${round(first.x)} ${round(first.y)}${rest.map(({ x, y }) => `L${round(x)} ${round(y)}`).join("")}`;
  return `<path d="${path}" fill="none" stroke="${QUIET}" stroke-width="1" stroke-linejoin="round" opacity="0.75" marker-end="url(#arrow)"/>`;
}

function text(x: number, y: number, content: string, size: number, fill: string, bold = false): string {
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${bold ? ' font-weight="600"' : ""}>${escaped(content)}</text>`;
}

/** XML allows no control characters, not even escaped. */
function escaped(content: string): string {
  return content
    .replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, " ")
    .replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

const round = (n: number) => Math.round(n * 10) / 10;
