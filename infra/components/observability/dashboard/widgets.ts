/** Columns of a dashboard's grid ("Dashboard body structure and syntax", 2026-09). */
const COLUMNS = 24;

/** A family of metrics of one kind: every series that has just these dimensions. */
export interface Search {
  namespace: string;
  metric: string;
  /** Names of the dimensions, all of them: series with more or fewer are not found. */
  dimensions: string[];
  /** Values that some dimensions must have. */
  where?: Record<string, string>;
  /** For example Sum, Average, Maximum, p99. */
  stat: string;
  /** What a line is called, before the dimension's value. */
  label: string;
}

/** A graph of some searches. */
export interface Graph {
  title: string;
  searches: Search[];
  /** Where the metrics are, if not in the dashboard's region. */
  region?: string;
  /** Unit of the left axis, in words. */
  unit: string;
  /** @default false */
  stacked?: boolean;
}

/** A titled row of graphs. */
export interface Section {
  heading: string;
  /** One to four: they share the width. */
  graphs: Graph[];
}

/** Seconds of a data point. */
const PERIOD = 60;
const [HEADING_HEIGHT, GRAPH_HEIGHT] = [1, 6];

/**
 * A dashboard's document. Graphs search for their metrics instead of naming resources, so that a new service is on it as soon as it
 * has metrics, and nothing needs to be brought up again.
 */
export function dashboardBody(sections: Section[], region: string) {
  const widgets = sections.flatMap(({ heading, graphs }, row) => {
    const y = row * (HEADING_HEIGHT + GRAPH_HEIGHT);
    const width = COLUMNS / graphs.length;
    return [
      { type: "text", x: 0, y, width: COLUMNS, height: HEADING_HEIGHT, properties: { markdown: `## ${heading}` } },
      ...graphs.map((graph, column) => ({
        type: "metric",
        x: Math.floor(column * width),
        y: y + HEADING_HEIGHT,
        width: Math.floor((column + 1) * width) - Math.floor(column * width),
        height: GRAPH_HEIGHT,
        properties: graphProperties(graph, region),
      })),
    ];
  });
  return { widgets };
}

function graphProperties({ title, searches, region: own, unit, stacked = false }: Graph, region: string) {
  return {
    title,
    region: own ?? region,
    view: "timeSeries",
    stacked,
    period: PERIOD,
    yAxis: { left: { label: unit, min: 0, showUnits: false } },
    metrics: searches.map((search, index) => [
      { expression: searchExpression(search), id: `e${index + 1}`, label: search.label, period: PERIOD },
    ]),
  };
}

/** A search in CloudWatch's syntax. */
export function searchExpression({ namespace, metric, dimensions, where = {}, stat }: Search): string {
  const schema = [namespace, ...dimensions].join(",");
  const terms = Object.entries({ ...where, MetricName: metric }).map(([name, value]) => `${name}="${value}"`);
  return `SEARCH('{${schema}} ${terms.sort().join(" ")}', '${stat}', ${PERIOD})`;
}
