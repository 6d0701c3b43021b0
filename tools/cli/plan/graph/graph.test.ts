import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlannedResource } from "@fairway/resources";
import { placed, type PlacedNode } from "./layout.ts";
import { mermaidOf } from "./mermaid.ts";
import { type GraphNode, resourceGraph } from "./model.ts";
import { svgOf } from "./svg.ts";

interface Made extends Partial<PlannedResource> {
  name: string;
}

function resource({ name, project = "network", type = "aws:ec2/subnet:Subnet", ...rest }: Made): PlannedResource {
  return {
    urn: `urn:pulumi:production::${project}::${type}::${name}`,
    type,
    name,
    project,
    stack: "production",
    custom: true,
    external: false,
    inputs: {},
    outputs: {},
    secrets: [],
    unknowns: [],
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    known: "modelled",
    ...rest,
  };
}

/** `network[endpoints, its own (2 resources)]` */
function outline(nodes: readonly GraphNode[]): string {
  return nodes
    .map(({ label, detail, children, kind }) =>
      children.length > 0 ? `${label}[${outline(children)}]` : kind === "resource" ? `${label} (${detail})` : label,
    )
    .join(", ");
}

const component = (name: string, parent = "") => resource({ name, type: "fairway:components:Part", custom: false, parent });
const subnets = (count: number, change: Partial<PlannedResource> = {}) =>
  Array.from({ length: count }, (_, index) => resource({ name: `subnet-${index}`, ...change }));

describe("the graph of an environment", () => {
  const network = component("network");
  const endpoints = component("endpoints", network.urn);

  test("folds what a component makes into it, whatever is whose child inside", () => {
    const vpc = resource({ name: "vpc", type: "aws:ec2/vpc:Vpc", parent: endpoints.urn });
    const { projects } = resourceGraph("production", [endpoints, vpc, ...subnets(3, { parent: vpc.urn })]);
    expect(projects).toMatchObject([
      { label: "network", detail: "4 resources", children: [{ label: "endpoints", children: [] }] },
    ]);
    expect(projects[0]?.children[0]?.detail).toBe("components.Part, 4 resources");
  });

  test("opens a component that has components inside, and folds its own resources into one", () => {
    const inner = resource({ name: "s3", parent: endpoints.urn });
    const { projects } = resourceGraph("production", [network, endpoints, inner, ...subnets(2, { parent: network.urn })]);
    expect(outline(projects)).toBe("network[network[endpoints, its own (2 resources)]]");
  });

  test("folds what is in no component by type", () => {
    const { projects } = resourceGraph("production", [
      ...subnets(3),
      resource({ name: "table", type: "aws:dynamodb/table:Table" }),
    ]);
    expect(outline(projects)).toBe("network[table (dynamodb.Table), ec2.Subnet (3 resources)]");
  });

  test("shows each resource when asked to", () => {
    const { projects } = resourceGraph("production", [endpoints, ...subnets(2, { parent: endpoints.urn })], [], true);
    expect(outline(projects)).toBe("network[endpoints[subnet-0 (ec2.Subnet), subnet-1 (ec2.Subnet)]]");
  });

  test("joins what stands side by side: within a component what needs what, between projects the projects", () => {
    const vpc = resource({ name: "vpc" });
    const subnet = resource({ name: "subnet", dependencies: [vpc.urn] });
    const group = resource({ name: "group", project: "edge" });
    const references = [
      { from: "edge", to: "network" },
      { from: "edge", to: "somewhere else" },
    ];
    const { projects, edges } = resourceGraph("production", [vpc, subnet, group], references, true);
    const labels = new Map(projects.flatMap((project) => [project, ...project.children]).map(({ id, label }) => [id, label]));
    expect(edges.map(({ from, to }) => `${labels.get(from)} → ${labels.get(to)}`).sort()).toEqual([
      "edge → network",
      "subnet → vpc",
    ]);
  });
});

const names = fc.oneof(
  fc.constantFrom('"]; click n1 evil', "</text><script>", "a & b", "#quot;", "x]]"),
  fc.string({ unit: "binary" }),
);
const graphs = fc
  .array(
    fc.record({
      name: names,
      project: fc.constantFrom("network", "edge", "catalog"),
      custom: fc.boolean(),
      parent: fc.nat(),
      needs: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((parts) => {
    const resources = parts.map(({ name, project, custom }, index) => resource({ name: `${index} ${name}`, project, custom }));
    return parts.map(({ parent, needs }, index): PlannedResource => {
      const earlier = (n: number) =>
        resources.slice(0, index).filter(({ project }) => project === resources[index]!.project)[n % (index + 1)]?.urn;
      return { ...resources[index]!, parent: earlier(parent) ?? "", dependencies: needs.flatMap((need) => earlier(need) ?? []) };
    });
  });

describe("for any resources", () => {
  test("no box covers another beside it, and each lies within what holds it", () => {
    fc.assert(
      fc.property(graphs, fc.boolean(), (resources, full) => {
        const { nodes, width, height } = placed(resourceGraph("production", resources, [], full));
        check(nodes, { x: 0, y: 0, width, height });
      }),
    );

    function check(nodes: readonly PlacedNode[], around: Pick<PlacedNode, "x" | "y" | "width" | "height">) {
      nodes.forEach((node, index) => {
        expect(node.x >= around.x && node.x + node.width <= around.x + around.width + 0.01).toBe(true);
        expect(node.y >= around.y && node.y + node.height <= around.y + around.height + 0.01).toBe(true);
        for (const other of nodes.slice(index + 1)) {
          const apart =
            node.x + node.width <= other.x + 0.01 ||
            other.x + other.width <= node.x + 0.01 ||
            node.y + node.height <= other.y + 0.01 ||
            other.y + other.height <= node.y + 0.01;
          expect(apart, `${node.label} covers ${other.label}`).toBe(true);
        }
        check(node.children, node);
      });
    }
  });

  test("every resource is counted once in what its project says", () => {
    fc.assert(
      fc.property(graphs, (resources) => {
        for (const { label, detail } of resourceGraph("production", resources).projects) {
          const own = resources.filter(({ project, custom }) => custom && project === label).length;
          expect(detail).toBe(`${own} resource${own === 1 ? "" : "s"}`);
        }
      }),
    );
  });

  test("names are only text: in SVG no element, in Mermaid no end of a label", () => {
    fc.assert(
      fc.property(graphs, (resources) => {
        const graph = resourceGraph("production", resources, [], true);
        const elements = [...svgOf(graph).matchAll(/<\/?([a-zA-Z]+)/g)].map(([, name]) => name);
        expect(elements.filter((name) => !["svg", "title", "defs", "marker", "path", "rect", "text"].includes(name!))).toEqual(
          [],
        );
        for (const line of mermaidOf(graph).split("\n").slice(3)) expect(line).toMatch(LINE);
      }),
    );
  });
});

const LABEL = String.raw`"[\w .,:/×#;-]*<br/><small>[\w .,:/×#;-]*</small>"`;
const LINE = new RegExp(
  String.raw`^(flowchart RL| *n\d+(\[${LABEL}\]|\[\[${LABEL}\]\])| *subgraph n\d+ \[${LABEL}\]| *end| *n\d+ --> n\d+|)$`,
);

test("the same resources in another order are the same picture", () => {
  const resources = [component("network"), ...subnets(5), resource({ name: "z", project: "edge" })];
  expect(svgOf(resourceGraph("production", resources.toReversed()))).toBe(svgOf(resourceGraph("production", resources)));
});

test("five hundred resources are one picture that can be read: folded, and not one long row", () => {
  const parts = Array.from({ length: 50 }, (_, index) => component(`part-${index}`));
  const resources = parts.flatMap((part, index) => [
    part,
    ...Array.from({ length: 10 }, (_, n) => resource({ name: `r-${index}-${n}`, parent: part.urn })),
  ]);
  const { nodes } = placed(resourceGraph("production", resources));
  expect(nodes[0]?.children).toHaveLength(50);
  expect(nodes[0]!.width / nodes[0]!.height).toBeGreaterThan(0.5);
  expect(nodes[0]!.width / nodes[0]!.height).toBeLessThan(5);
});
