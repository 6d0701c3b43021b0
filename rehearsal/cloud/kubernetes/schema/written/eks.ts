import type { Schema } from "../schema.ts";
import { closed, object } from "./admission.ts";

const text: Schema = { type: "string" };
const tags: Schema = { type: "object", additionalProperties: text };
const list = (items: Schema): Schema => ({ type: "array", items });
const words = (...allowed: string[]): Schema => ({ type: "string", enum: allowed });
const keyValues = list(closed({ key: text, value: text }, ["key", "value"]));
const selector: Schema = { $ref: "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector" };
const ARN = "^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:targetgroup/[A-Za-z0-9-]{1,32}/[0-9a-f]+$";

/**
 * The custom kinds that EKS Auto Mode brings.
 *
 * Written here from documentation: Amazon EKS User Guide, "Create a Node Class for Amazon EKS", "Create an IngressClass to configure
 * an Application Load Balancer", "TargetGroupBinding" in its migration reference; target types from aws/containers-roadmap#2508,
 * no `targetGroupName` from #2621 (as of 2026-11).
 */
export const eksSchemas: Record<string, Schema> = {
  "eks.amazonaws.com/v1:TargetGroupBinding": object(
    "eks.amazonaws.com/v1",
    "TargetGroupBinding",
    {
      spec: closed(
        {
          ipAddressType: words("ipv4", "ipv6"),
          networking: closed({
            ingress: list(
              closed({
                from: list(
                  closed({ ipBlock: closed({ cidr: text }, ["cidr"]), securityGroup: closed({ groupID: text }, ["groupID"]) }),
                ),
                ports: list(closed({ port: { type: ["integer", "string"] }, protocol: words("TCP", "UDP") })),
              }),
            ),
          }),
          nodeSelector: selector,
          serviceRef: closed({ name: text, port: { type: ["integer", "string"] } }, ["name", "port"]),
          targetGroupARN: { type: "string", pattern: ARN },
          targetType: words("instance", "ip"),
          vpcID: text,
        },
        ["serviceRef", "targetGroupARN", "targetType"],
      ),
    },
    ["spec"],
  ),
  "eks.amazonaws.com/v1:IngressClassParams": object(
    "eks.amazonaws.com/v1",
    "IngressClassParams",
    {
      spec: closed({
        certificateARNs: list(text),
        group: closed({ name: text }, ["name"]),
        ipAddressType: words("dualstack", "dualstack-without-public-ipv4", "ipv4"),
        loadBalancerAttributes: keyValues,
        namespaceSelector: selector,
        scheme: words("internal", "internet-facing"),
        sslPolicy: text,
        subnets: closed({ ids: list(text), matchTags: list(closed({ key: text, values: list(text) }, ["key", "values"])) }),
        tags: keyValues,
      }),
    },
    [],
  ),
  "eks.amazonaws.com/v1:NodeClass": object(
    "eks.amazonaws.com/v1",
    "NodeClass",
    {
      spec: closed(
        {
          advancedNetworking: closed({
            associatePublicIPAddress: { type: "boolean" },
            httpsProxy: text,
            noProxy: list(text),
          }),
          advancedSecurity: closed({ fips: { type: "boolean" } }),
          capacityReservationSelectorTerms: list(closed({ id: text, owner: text, tags })),
          certificateBundles: list(closed({ data: text, name: text }, ["data", "name"])),
          ephemeralStorage: closed({ iops: { type: "integer" }, kmsKeyID: text, size: text, throughput: { type: "integer" } }),
          instanceProfile: text,
          networkPolicy: words("DefaultAllow", "DefaultDeny"),
          networkPolicyEventLogs: words("Disabled", "Enabled"),
          podSecurityGroupSelectorTerms: list(closed({ id: text, tags })),
          podSubnetSelectorTerms: list(closed({ id: text, tags })),
          role: text,
          securityGroupSelectorTerms: list(closed({ id: text, name: text, tags })),
          snatPolicy: words("Disabled", "Random"),
          subnetSelectorTerms: list(closed({ id: text, tags })),
          tags,
        },
        ["securityGroupSelectorTerms", "subnetSelectorTerms"],
      ),
    },
    ["spec"],
  ),
};
