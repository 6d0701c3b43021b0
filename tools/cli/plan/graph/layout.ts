import { Graph, layout as dagre } from "@dagrejs/dagre";
import type { GraphEdge, GraphNode, ResourceGraph } from "./model.ts";

/** A node with its place, in pixels from the picture's upper left corner. */
export interface PlacedNode extends Omit<GraphNode, "children"> {
  x: number;
  y: number;
  width: number;
  height: number;
  children: PlacedNode[];
}

export interface PlacedEdge extends GraphEdge {
  points: { x: number; y: number }[];
}

export interface Picture {
  title: string;
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

export const FONT = { label: 13, detail: 11 };
/** Of the title line of a group. */
const TITLE = 42;
const PADDING = 16;
const GAP = 18;
const LEAF_HEIGHT = 44;
/** Mean width of a character, by the size of its font. */
const CHARACTER = 0.56;
const LONGEST_LABEL = 48;

/** A name as it is drawn. */
export const shown = (text: string) => (text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text);

/**
 * Places every box: within each group by what needs what, foundations at the left, what needs nothing and nobody in rows below. Group by
 * group, so that a picture of many resources stays one that can be read.
 */
export function placed({ title, projects, edges }: ResourceGraph): Picture {
  const { nodes, edges: routes, width, height } = arrange(projects, edges);
  return {
    title,
    width: width + 2 * PADDING,
    height: height + 2 * PADDING + TITLE,
    ...moved(nodes, routes, PADDING, PADDING + TITLE),
  };
}

interface Arrangement {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  width: number;
  height: number;
}

function arrange(siblings: readonly GraphNode[], edges: readonly GraphEdge[]): Arrangement {
  const inside = new Map(siblings.map((node) => [node.id, node.children.length > 0 ? arrange(node.children, edges) : undefined]));
  const boxes = siblings.map((node) => ({ node, ...sizeOf(node, inside.get(node.id)) }));
  const ids = new Set(siblings.map(({ id }) => id));
  const own = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const linked = new Set(own.flatMap(({ from, to }) => [from, to]));

  const graph = new Graph();
  graph.setGraph({ rankdir: "RL", nodesep: GAP, ranksep: 48, edgesep: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { node, width, height } of boxes) if (linked.has(node.id)) graph.setNode(node.id, { width, height });
  for (const { from, to } of own) graph.setEdge(from, to);
  if (linked.size > 0) dagre(graph);
  const { width: graphWidth = 0, height: graphHeight = 0 } = linked.size > 0 ? graph.graph() : {};

  const places = new Map<string, { x: number; y: number }>();
  for (const { node, width, height } of boxes) {
    if (!linked.has(node.id)) continue;
    const { x, y } = graph.node(node.id) as { x: number; y: number };
    places.set(node.id, { x: x - width / 2, y: y - height / 2 });
  }
  const alone = boxes.filter(({ node }) => !linked.has(node.id));
  const rows = inRows(alone, Math.max(graphWidth, 1.6 * Math.sqrt(alone.reduce((sum, box) => sum + box.width * box.height, 0))));
  const below = linked.size > 0 ? graphHeight + GAP : 0;
  for (const [id, { x, y }] of rows.places) places.set(id, { x, y: y + below });

  const all = boxes.map(({ node, width, height }): [PlacedNode, PlacedEdge[]] => {
    const { x, y } = places.get(node.id)!;
    const inner = inside.get(node.id);
    const content = inner ? moved(inner.nodes, inner.edges, x + PADDING, y + TITLE) : { nodes: [], edges: [] };
    return [{ ...node, x, y, width, height, children: content.nodes }, content.edges];
  });
  const routes = own.map(({ from, to }): PlacedEdge => ({ from, to, points: (graph.edge(from, to) as PlacedEdge).points }));
  return {
    nodes: all.map(([node]) => node),
    edges: [...routes, ...all.flatMap(([, inner]) => inner)],
    width: Math.max(graphWidth, rows.width),
    height: alone.length > 0 ? below + rows.height : graphHeight,
  };
}

function sizeOf({ label, detail }: GraphNode, inside: Arrangement | undefined): { width: number; height: number } {
  const text = Math.max(shown(label).length * FONT.label, shown(detail).length * FONT.detail) * CHARACTER;
  const width = Math.ceil(text) + 2 * PADDING;
  if (!inside) return { width: Math.max(90, width), height: LEAF_HEIGHT };
  return { width: Math.max(width, inside.width + 2 * PADDING), height: inside.height + TITLE + PADDING };
}

function inRows(boxes: readonly { node: GraphNode; width: number; height: number }[], widest: number) {
  const places: [string, { x: number; y: number }][] = [];
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const box of boxes) {
    if (x > 0 && x + box.width > widest) [x, y, rowHeight] = [0, y + rowHeight + GAP, 0];
    places.push([box.node.id, { x, y }]);
    x += box.width + GAP;
    width = Math.max(width, x - GAP);
    rowHeight = Math.max(rowHeight, box.height);
  }
  return { places, width, height: y + rowHeight };
}

function moved(nodes: readonly PlacedNode[], edges: readonly PlacedEdge[], x: number, y: number) {
  const shift = (node: PlacedNode): PlacedNode => ({ ...node, x: node.x + x, y: node.y + y, children: node.children.map(shift) });
  return {
    nodes: nodes.map(shift),
    edges: edges.map((edge) => ({ ...edge, points: edge.points.map((point) => ({ x: point.x + x, y: point.y + y })) })),
  };
}
