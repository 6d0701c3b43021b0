import { isMap, type PropertyMap, type PropertyValue, unknown } from "@fairway/engine";

/** What a label selector says of labels: whether it matches, or undefined while that is not known. */
export function selects(selector: PropertyValue | undefined, labels: PropertyValue | undefined): boolean | undefined {
  if (!isMap(selector) || labels === unknown) return undefined;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (!isMap(matchLabels) || !Array.isArray(matchExpressions)) return undefined;
  const known = isMap(labels) ? labels : {};
  const answers = [
    ...Object.entries(matchLabels).map(([key, value]) => equals(known[key], value)),
    ...matchExpressions.map((expression) => (isMap(expression) ? fulfils(expression, known) : undefined)),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Whether a selector says nothing, and so selects everything. */
export function isEmptySelector(selector: PropertyValue | undefined): boolean {
  if (!isMap(selector)) return selector === undefined;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    isMap(matchLabels) && Object.keys(matchLabels).length === 0 && Array.isArray(matchExpressions) && !matchExpressions.length
  );
}

function equals(label: PropertyValue | undefined, value: PropertyValue): boolean | undefined {
  return label === unknown || value === unknown ? undefined : label === value;
}

function fulfils({ key, operator, values = [] }: PropertyMap, labels: PropertyMap): boolean | undefined {
  if (typeof key !== "string" || !Array.isArray(values)) return undefined;
  const label = labels[key];
  if (operator === "Exists") return label !== undefined;
  if (operator === "DoesNotExist") return label === undefined;
  if (label === unknown || values.includes(unknown)) return undefined;
  const isIn = label !== undefined && values.includes(label);
  if (operator === "In") return isIn;
  return operator === "NotIn" ? !isIn : undefined;
}
