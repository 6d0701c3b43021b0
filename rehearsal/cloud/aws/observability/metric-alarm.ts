import { isMap, type PropertyMap, unknown } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { between, list, oneOf, show, text, unordered } from "../../rules/text.ts";
import { arn, text as textOf } from "../names.ts";

const COMPARISONS = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
  "GreaterThanUpperThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
];

/** The provider's pattern for percentiles, trimmed means, percentile ranks and counts: `p99.9`, `tm95`, `TC(:0.3)`, `IQM`. */
const EXTENDED_STATISTIC =
  /^(IQM|(p|tm|tc|ts|wm)\d{1,2}(\.\d{0,2})?|p100|(PR|TC|TM|TS|WM)\((\d+(\.\d{1,10})?%?)?:(\d+(\.\d{1,10})?%?)?\))$/;

const actions = list({ max: 5 });

/** Metric alarms. Limits: CloudWatch API reference, PutMetricAlarm; provider source, cloudwatch/metric_alarm.go. */
export const metricAlarmModel: Model = {
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  autoName: { property: "name", max: 255 },
  defaults: { actionsEnabled: true, treatMissingData: "missing" },
  rules: {
    name: text({ min: 1, max: 255 }),
    alarmDescription: text({ max: 1024 }),
    comparisonOperator: oneOf(...COMPARISONS),
    statistic: oneOf("SampleCount", "Average", "Sum", "Minimum", "Maximum"),
    extendedStatistic: (value) =>
      EXTENDED_STATISTIC.test(String(value))
        ? undefined
        : `${show(value)} is not a statistic. Write it as in p99, tm95 or TC(:0.3).`,
    treatMissingData: oneOf("missing", "ignore", "breaching", "notBreaching"),
    evaluateLowSampleCountPercentiles: oneOf("evaluate", "ignore"),
    evaluationPeriods: between(1, 8640),
    datapointsToAlarm: between(1, 8640),
    alarmActions: actions,
    okActions: actions,
    insufficientDataActions: actions,
    metricQueries: list({ max: 20 }),
  },
  validate: (inputs, fail) => {
    checkWhatIsWatched(inputs, fail);
    checkSpan(inputs, fail);
    checkQueries(inputs, fail);
  },
  same: { alarmActions: unordered, okActions: unordered, insufficientDataActions: unordered, metricQueries: unordered },
  id: (making) => textOf(making.inputs, "name"),
  outputs: (made) => ({ arn: arn(made.place, "cloudwatch", `alarm:${made.id}`) }),
};

function checkWhatIsWatched(inputs: PropertyMap, fail: Fail): void {
  const ways = ["metricName", "metricQueries", "evaluationCriteria"].filter((property) => inputs[property] !== undefined);
  if (ways.length !== 1)
    return fail("", `exactly one of metricName, metricQueries and evaluationCriteria is needed, ${ways.length} are set.`);
  if (inputs.threshold !== undefined && inputs.thresholdMetricId !== undefined)
    fail("thresholdMetricId", "conflicts with threshold. Remove one.");
  if (ways[0] === "evaluationCriteria") return;
  for (const property of ["comparisonOperator", "evaluationPeriods"]) {
    if (inputs[property] === undefined) fail(property, "is required. Set it.");
  }
  if (inputs.threshold === undefined && inputs.thresholdMetricId === undefined)
    fail("threshold", "is required. Set it, or thresholdMetricId.");
  if (ways[0] !== "metricName") return;
  for (const property of ["namespace", "period"])
    if (inputs[property] === undefined) fail(property, "is required with metricName. Set it.");
  const statistics = ["statistic", "extendedStatistic"].filter((property) => inputs[property] !== undefined);
  if (statistics.length !== 1)
    fail("statistic", `exactly one of statistic and extendedStatistic is needed, ${statistics.length} are set.`);
  checkPeriod("period", inputs.period, [10, 20, 30], fail);
}

/** Seconds of an alarm's whole span: a day below hourly periods, a week from there on. */
function checkSpan(inputs: PropertyMap, fail: Fail): void {
  const { evaluationPeriods, datapointsToAlarm } = inputs;
  if (typeof evaluationPeriods !== "number") return;
  if (typeof datapointsToAlarm === "number" && datapointsToAlarm > evaluationPeriods) {
    fail("datapointsToAlarm", `${datapointsToAlarm} is over evaluationPeriods ${evaluationPeriods}. Lower it.`);
  }
  const period = longestPeriod(inputs);
  const limit = period < 3600 ? 86_400 : 604_800;
  if (period * evaluationPeriods > limit) {
    fail(
      "evaluationPeriods",
      `${evaluationPeriods} × ${period} s are over ${limit} s (periods below an hour: a day; others: 7 days). Lower one.`,
    );
  }
}

function longestPeriod(inputs: PropertyMap): number {
  const queries = Array.isArray(inputs.metricQueries) ? inputs.metricQueries.filter(isMap) : [];
  const periods = [
    inputs.period,
    ...queries.flatMap(({ period, metric }) => [period, isMap(metric) ? metric.period : undefined]),
  ];
  return Math.max(0, ...periods.filter((period) => typeof period === "number"));
}

/** Metric math: at most ten metrics, one query that answers. */
function checkQueries({ metricQueries }: PropertyMap, fail: Fail): void {
  if (!Array.isArray(metricQueries) || metricQueries.includes(unknown)) return;
  const queries = metricQueries.filter(isMap);
  const metrics = queries.filter(({ metric }) => metric !== undefined).length;
  if (metrics > 10) fail("metricQueries", `has ${metrics} metrics, at most 10 are allowed. Split the alarm.`);
  const answers = queries.filter(({ returnData }) => returnData === true).length;
  if (answers !== 1) fail("metricQueries", `exactly one must have returnData: true, ${answers} do.`);
  for (const [index, { id, metric, expression, period }] of queries.entries()) {
    const path = `metricQueries[${index}]`;
    if ((metric === undefined) === (expression === undefined))
      fail(path, "exactly one of metric and expression is needed. Set one.");
    if (typeof id === "string" && !/^[a-z]\w{0,254}$/.test(id))
      fail(`${path}.id`, `"${id}" is not allowed: begin with a lower-case letter.`);
    if (typeof expression === "string" && (expression.length < 1 || expression.length > 1024)) {
      fail(`${path}.expression`, `has ${expression.length} characters, 1 to 1024 are allowed.`);
    }
    checkPeriod(`${path}.period`, period, [1, 5, 10, 20, 30], fail);
    if (isMap(metric)) checkPeriod(`${path}.metric.period`, metric.period, [1, 5, 10, 20, 30], fail);
  }
}

function checkPeriod(path: string, period: PropertyMap[string] | undefined, short: number[], fail: Fail): void {
  if (typeof period !== "number" || short.includes(period) || (period >= 60 && period % 60 === 0)) return;
  fail(path, `${period} s is not allowed. Use ${short.join(", ")} or a multiple of 60.`);
}
