import { arnPattern, type Sample, sampleArn, samplePolicy } from "../sample.ts";

export const tableSamples: Sample[] = [
  {
    type: "aws:dynamodb/table:Table",
    good: {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attributes: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      pointInTimeRecovery: { enabled: true },
    },
    id: /^sample-[0-9a-f]{7}$/,
    outputs: { arn: arnPattern("dynamodb", "table/sample-[0-9a-f]{7}"), streamArn: /^$/ },
    bad: [
      [{ name: "ab" }, "name", /at least 3/],
      [{ name: "acme/deployments" }, "name", /letters, digits and \. - _/],
      [{ billingMode: "ON_DEMAND" }, "billingMode", /PROVISIONED, PAY_PER_REQUEST/],
      [{ billingMode: null }, "readCapacity", /is required with PROVISIONED/],
      [{ writeCapacity: 5 }, "writeCapacity", /is not for PAY_PER_REQUEST/],
      [{ hashKey: null }, "hashKey", /is required/],
      [{ attributes: [{ name: "pk", type: "S" }] }, "attributes", /lacks "sk", which is a key/],
      [{ rangeKey: null }, "attributes", /has "sk", which no key uses/],
      [{ attributes: [{ name: "pk", type: "string" }] }, "attributes[0].type", /Use one of S, N, B/],
      [{ streamEnabled: true }, "streamViewType", /is required with streamEnabled/],
    ],
  },
  {
    type: "aws:dynamodb/resourcePolicy:ResourcePolicy",
    good: {
      resourceArn: sampleArn("dynamodb", "table/acme-deployments"),
      policy: samplePolicy({ Action: "dynamodb:GetItem", Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
    },
    id: arnPattern("dynamodb", "table/acme-deployments"),
    outputs: { revisionId: /^\d{13}$/ },
    bad: [
      [{ policy: "allow" }, "policy", /is not JSON/],
      [{ resourceArn: "acme-deployments" }, "resourceArn", /not an ARN of dynamodb/],
    ],
  },
];
