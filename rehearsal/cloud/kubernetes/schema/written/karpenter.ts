import type { Schema } from "../schema.ts";
import { closed, object } from "./admission.ts";

const text: Schema = { type: "string" };
const words = (...allowed: string[]): Schema => ({ type: "string", enum: allowed });
const list = (items: Schema): Schema => ({ type: "array", items });
const map = (values: Schema): Schema => ({ type: "object", additionalProperties: values });
const DURATION = "^([0-9]+(s|m|h))+$|^Never$";

const requirement = closed(
  {
    key: text,
    minValues: { type: "integer", minimum: 1, maximum: 50 },
    operator: words("DoesNotExist", "Exists", "Gt", "Gte", "In", "Lt", "Lte", "NotIn"),
    values: list(text),
  },
  ["key", "operator"],
);
const taint = closed({ effect: words("NoExecute", "NoSchedule", "PreferNoSchedule"), key: text, value: text }, ["effect", "key"]);
const budget = closed(
  {
    duration: text,
    nodes: { type: "string", pattern: "^((100|[0-9]{1,2})%|[0-9]+)$" },
    reasons: list(words("Drifted", "Empty", "Underutilized")),
    schedule: text,
  },
  ["nodes"],
);

/**
 * Pools of nodes, which EKS Auto Mode fills.
 *
 * Written here from documentation: Karpenter documentation, "NodePools", v1; Amazon EKS User Guide, "Create a Node Pool for EKS Auto
 * Mode" (as of 2026-11).
 */
export const karpenterSchemas: Record<string, Schema> = {
  "karpenter.sh/v1:NodePool": object(
    "karpenter.sh/v1",
    "NodePool",
    {
      spec: closed(
        {
          disruption: closed({
            budgets: { ...list(budget), maxItems: 50 },
            consolidateAfter: { type: "string", pattern: DURATION },
            consolidationPolicy: words("WhenEmpty", "WhenEmptyOrUnderutilized"),
          }),
          limits: map({ $ref: "#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity" }),
          replicas: { type: "integer", minimum: 0 },
          template: closed(
            {
              metadata: closed({ annotations: map(text), labels: map(text) }),
              spec: closed(
                {
                  expireAfter: { type: "string", pattern: DURATION },
                  nodeClassRef: closed({ group: text, kind: text, name: text }, ["group", "kind", "name"]),
                  requirements: { ...list(requirement), maxItems: 100 },
                  startupTaints: list(taint),
                  taints: list(taint),
                  terminationGracePeriod: { type: "string", pattern: DURATION },
                },
                ["nodeClassRef", "requirements"],
              ),
            },
            ["spec"],
          ),
          weight: { type: "integer", minimum: 1, maximum: 100 },
        },
        ["template"],
      ),
    },
    ["spec"],
  ),
};
