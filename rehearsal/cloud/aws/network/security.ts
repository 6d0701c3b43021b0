import type { PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { ipv4Range } from "../../rules/cidr.ts";
import { all, between, text, unordered } from "../../rules/text.ts";
import { arn, ec2Id } from "../names.ts";

/** EC2 API reference, CreateSecurityGroup and SecurityGroupRule: characters of names and descriptions. */
const CHARACTERS = /^[\w .:/()#,@[\]+=&;{}!$*-]*$/;
const CHARACTERS_ALLOWED = "letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *";

/** Peers of a rule: it names exactly one. */
const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

/** Security groups and their rules. */
export const securityModels: Model[] = [
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    autoName: { property: "name", max: 255 },
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    rules: {
      name: all(text({ min: 1, max: 255, pattern: CHARACTERS, allowed: CHARACTERS_ALLOWED }), (name) =>
        String(name).startsWith("sg-")
          ? `"${String(name)}" begins with sg-, which is kept for ids. Choose another beginning.`
          : undefined,
      ),
      description: text({ max: 255, pattern: CHARACTERS, allowed: CHARACTERS_ALLOWED }),
    },
    same: { ingress: unordered, egress: unordered },
    id: (making) => ec2Id(making, "sg"),
    outputs: (made) => ({
      arn: arn(made.place, "ec2", `security-group/${made.id}`),
      egress: made.inputs.egress ?? [],
      ingress: made.inputs.ingress ?? [],
      ownerId: made.place.accountId,
    }),
  },
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    same: { ingress: unordered, egress: unordered },
    id: (making) => ec2Id(making, "sg"),
    outputs: (made) => ({
      arn: arn(made.place, "ec2", `security-group/${made.id}`),
      description: "default VPC security group",
      egress: made.inputs.egress ?? [],
      ingress: made.inputs.ingress ?? [],
      name: "default",
      namePrefix: "",
      ownerId: made.place.accountId,
    }),
  },
  ruleModel("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
  ruleModel("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
];

function ruleModel(type: string): Model {
  return {
    type,
    rules: {
      cidrIpv4: ipv4Range(0, 32),
      description: text({ max: 255, pattern: CHARACTERS, allowed: CHARACTERS_ALLOWED }),
      // ICMP types and codes share the two properties; -1 is "all".
      fromPort: between(-1, 65_535),
      toPort: between(-1, 65_535),
      ipProtocol: text({ min: 1, max: 10 }),
    },
    validate: ruleArguments,
    id: (making) => ec2Id(making, "sgr"),
    outputs: (made) => ({ arn: arn(made.place, "ec2", `security-group-rule/${made.id}`), securityGroupRuleId: made.id }),
  };
}

function ruleArguments(inputs: PropertyMap, fail: Fail): void {
  const peers = PEERS.filter((name) => inputs[name] !== undefined);
  if (peers.length !== 1) fail("", `exactly one of ${PEERS.join(", ")} is needed, ${peers.length} are set.`);
  const { fromPort, toPort, ipProtocol } = inputs;
  if (ipProtocol === "-1" && (fromPort !== undefined || toPort !== undefined)) {
    fail("fromPort", `a rule for all protocols ("-1") has no ports. Remove fromPort and toPort.`);
  }
  if ((ipProtocol === "tcp" || ipProtocol === "udp") && (fromPort === undefined || toPort === undefined)) {
    fail("fromPort", `${ipProtocol} needs fromPort and toPort. Set both.`);
  }
  if (typeof fromPort === "number" && typeof toPort === "number" && ipProtocol !== "icmp" && fromPort > toPort) {
    fail("toPort", `${toPort} is below fromPort ${fromPort}. Swap them.`);
  }
}
