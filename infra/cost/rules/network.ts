import { type Charge, type Gap, listOf, property, type Rule, textOf } from "./rule.ts";

export const natGateway: Rule = (_, { usage }) => [
  { item: "NAT gateway", price: "natGatewayHour", quantity: usage.hours },
  {
    item: "NAT traffic",
    price: "natGatewayGb",
    quantity: usage.natGb,
    assumption: `${usage.natGb} GB a month through each NAT gateway`,
  },
];

/** Since 2024 every public IPv4 address is billed, in use or not. */
export const elasticIp: Rule = (_, { usage }) => [
  { item: "public IPv4 address", price: "publicIpv4Hour", quantity: usage.hours },
];

/** Gateway endpoints are free; others cost for each zone that they stand in. */
export const vpcEndpoint: Rule = (resource, { usage }) => {
  const kind = textOf(property(resource, "vpcEndpointType")) || "Gateway";
  if (kind === "Gateway") return [];
  const zones = listOf(property(resource, "subnetIds")).length;
  if (zones === 0) return [{ unpriced: "an interface endpoint whose subnets are not known" }];
  return [
    { item: "interface endpoint", price: "endpointZoneHour", quantity: zones * usage.hours },
    {
      item: "interface endpoint traffic",
      price: "endpointGb",
      quantity: usage.endpointGb,
      assumption: `${usage.endpointGb} GB a month through each endpoint`,
    },
  ];
};

/** One LCU is 1 GB an hour, 25 new connections a second or 1,000 rule evaluations a second; at our sizes traffic decides. */
const GB_AN_HOUR_PER_LCU = 1;

export const loadBalancer: Rule = (resource, { usage }) => {
  const kind = textOf(property(resource, "loadBalancerType")) || "application";
  if (kind !== "application") return [{ unpriced: `a load balancer of type ${kind}` }];
  const gbAnHour = (usage.requestsPerSecond * 3600 * usage.responseKb) / 1e6;
  const assumption = `${usage.requestsPerSecond} requests a second of ${usage.responseKb} kB`;
  const zones = listOf(property(resource, "subnets")).length || listOf(property(resource, "subnetMappings")).length;
  const internal = property(resource, "internal") === true;
  return [
    { item: "load balancer", price: "albHour", quantity: usage.hours },
    {
      item: "load balancer capacity",
      price: "albLcuHour",
      quantity: (gbAnHour / GB_AN_HOUR_PER_LCU) * usage.hours,
      assumption,
    },
    ...(internal
      ? []
      : [
          addresses(),
          { item: "data out to the internet", price: "dataOutGb", quantity: gbAnHour * usage.hours, assumption } as const,
        ]),
  ];

  function addresses(): Charge | Gap {
    if (zones === 0) return { unpriced: "public addresses of a load balancer whose subnets are not known" };
    return { item: "public IPv4 address", price: "publicIpv4Hour", quantity: zones * usage.hours };
  }
};

export const hostedZone: Rule = (_, { usage }) => [
  { item: "hosted zone", price: "hostedZone", quantity: 1 },
  {
    item: "DNS queries",
    price: "dnsMillion",
    quantity: usage.dnsMillions,
    assumption: `${usage.dnsMillions} million billed queries a month`,
  },
];

/** HTTPS, string matching, a 10-second interval and latency graphs each cost extra. */
export const healthCheck: Rule = (resource) => {
  const kind = textOf(property(resource, "type"));
  if (kind === "CALCULATED" || kind === "CLOUDWATCH_METRIC") return [{ unpriced: `a health check of type ${kind}` }];
  const features = [
    kind.startsWith("HTTPS"),
    kind.endsWith("STR_MATCH"),
    property(resource, "requestInterval") === 10,
    property(resource, "measureLatency") === true,
  ].filter(Boolean).length;
  return [
    { item: "health check", price: "healthCheck", quantity: 1 },
    ...(features > 0 ? [{ item: "health check features", price: "healthCheckFeature", quantity: features } as const] : []),
  ];
};
