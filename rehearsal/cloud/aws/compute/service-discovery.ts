import type { Model } from "../../models/model.ts";
import { text } from "../../rules/text.ts";
import { arn, capitals, text as textOf } from "../names.ts";

const id: Model["id"] = (making) => `ns-${making.hex("namespace", 16)}`;

/** Cloud Map namespaces (Cloud Map API reference, CreateHttpNamespace and CreatePrivateDnsNamespace). */
export const serviceDiscoveryModels: Model[] = [
  {
    type: "aws:servicediscovery/httpNamespace:HttpNamespace",
    autoName: { property: "name", max: 1024 },
    rules: {
      name: text({ min: 1, max: 1024, pattern: /^[!-~]+$/, allowed: "printable ASCII without spaces" }),
      description: text({ max: 1024 }),
    },
    id,
    outputs: (made) => ({
      arn: arn(made.place, "servicediscovery", `namespace/${made.id}`),
      httpName: textOf(made.inputs, "name"),
    }),
  },
  {
    type: "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
    autoName: { property: "name", max: 253 },
    rules: {
      name: text({ min: 1, max: 253, pattern: /^[a-z0-9_.-]+$/i, allowed: "a domain name" }),
      description: text({ max: 1024 }),
    },
    id,
    outputs: (made) => ({
      arn: arn(made.place, "servicediscovery", `namespace/${made.id}`),
      hostedZone: `Z${capitals(made, "zone", 20)}`,
    }),
  },
];
