import { isMap } from "@fairway/engine";
import type { Model, Rule } from "../../models/model.ts";
import { parseJson, sameJson } from "../../rules/policy.ts";
import { all, show, text } from "../../rules/text.ts";
import { globalArn, text as textOf } from "../names.ts";

/** Widgets of a dashboard, and the grid they are laid on (CloudWatch quotas; "Dashboard body structure and syntax", 2026-09). */
const MAX_WIDGETS = 500;
const COLUMNS = 24;
const TYPES = ["metric", "text", "log", "alarm", "explorer"];

const body: Rule = (value) => {
  const document = parseJson(value);
  if (!isMap(document) || !Array.isArray(document.widgets))
    return `${show(value)} is not JSON with a list of widgets. Build it with jsonDocument.`;
  if (document.widgets.length > MAX_WIDGETS)
    return `has ${document.widgets.length} widgets, at most ${MAX_WIDGETS} are allowed. Split it.`;
  for (const [index, widget] of document.widgets.entries()) {
    if (!isMap(widget)) return `widgets[${index}] is no object. Give it type and properties.`;
    if (!TYPES.includes(String(widget.type)))
      return `widgets[${index}] has type ${show(widget.type ?? null)}: ${TYPES.join(", ")}.`;
    const [x, width] = [Number(widget.x ?? 0), Number(widget.width ?? 6)];
    if (x < 0 || width < 1 || x + width > COLUMNS)
      return `widgets[${index}] is from column ${x} to ${x + width}; a dashboard has ${COLUMNS}. Narrow it.`;
  }
  return undefined;
};

/** Dashboards (CloudWatch API reference, PutDashboard). */
export const dashboardModel: Model = {
  type: "aws:cloudwatch/dashboard:Dashboard",
  rules: {
    dashboardName: text({ min: 1, max: 255, pattern: /^[\w-]+$/, allowed: "letters, digits, - and _" }),
    dashboardBody: all(text({ min: 2, max: 1_048_576 }), body),
  },
  same: { dashboardBody: sameJson },
  id: (making) => textOf(making.inputs, "dashboardName"),
  outputs: (made) => ({ dashboardArn: globalArn(made.place, "cloudwatch", `dashboard/${made.id}`) }),
};
