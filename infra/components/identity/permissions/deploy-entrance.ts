import { isProvided } from "@fairway/settings";
import { type Deployer, KEEPS_TAG, requestTag, resourceTag } from "./deployer.ts";
import { type CiScope, type NamedStatement, ours } from "./scope.ts";

/**
 * The way from the load balancer to a service: own target groups, own listener rules, own security groups.
 *
 * The load balancer's own security group lets out to each service by a rule. A team may add one, not take one away: IAM can't tell
 * whose rule is taken (RevokeSecurityGroupEgress names the group only, 2026-09). So removing a service is the platform's work.
 */
export function deployEntrance(ci: CiScope, { team }: Deployer): NamedStatement[] {
  const lb = (resource: string) => ours(ci, "elasticloadbalancing", resource);
  const ec2 = (resource: string) => ours(ci, "ec2", resource);
  const targetGroups = lb("targetgroup/*");
  const rules = lb("listener-rule/app/*");
  const groups = ec2("security-group/*");
  const groupRules = ec2("security-group-rule/*");
  return [
    {
      Sid: "CreateRouting",
      Effect: "Allow",
      Action: ["elasticloadbalancing:CreateRule", "elasticloadbalancing:CreateTargetGroup"],
      Resource: [targetGroups, lb("listener/app/*")],
      Condition: { StringEquals: requestTag(team) },
    },
    {
      Sid: "ManageRouting",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:RemoveTags",
      ],
      Resource: [targetGroups, rules],
      Condition: { StringEquals: resourceTag(team), ...KEEPS_TAG },
    },
    {
      Sid: "TagRouting",
      Effect: "Allow",
      Action: "elasticloadbalancing:AddTags",
      Resource: [targetGroups, rules],
      Condition: { StringEqualsIfExists: requestTag(team), StringEquals: resourceTag(team) },
    },
    {
      Sid: "TagNewRouting",
      Effect: "Allow",
      Action: "elasticloadbalancing:AddTags",
      Resource: [targetGroups, rules],
      Condition: {
        StringEquals: { "elasticloadbalancing:CreateAction": ["CreateRule", "CreateTargetGroup"], ...requestTag(team) },
      },
    },
    { Sid: "InThisNetwork", Effect: "Allow", Action: "ec2:CreateSecurityGroup", Resource: ec2("vpc/*") },
    {
      Sid: "CreateGroups",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource: groups,
      Condition: { StringEquals: requestTag(team) },
    },
    {
      // The rule only: whose group it is put into is asked beside it.
      Sid: "CreateGroupRules",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"],
      Resource: groupRules,
      Condition: { StringEquals: requestTag(team) },
    },
    {
      Sid: "ManageGroups",
      Effect: "Allow",
      Action: [
        "ec2:AuthorizeSecurityGroupEgress",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteTags",
        "ec2:ModifySecurityGroupRules",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:UpdateSecurityGroupRuleDescriptions*",
      ],
      Resource: [groups, groupRules],
      Condition: { StringEquals: resourceTag(team), ...KEEPS_TAG },
    },
    {
      Sid: "LetTheEdgeOut",
      Effect: "Allow",
      Action: "ec2:AuthorizeSecurityGroupEgress",
      ...edgeGroups(ci),
    },
    {
      Sid: "TagNewGroups",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: [groups, groupRules],
      Condition: {
        StringEquals: {
          "ec2:CreateAction": ["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateSecurityGroup"],
          ...requestTag(team),
        },
      },
    },
    {
      Sid: "TagGroups",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: [groups, groupRules],
      Condition: { StringEqualsIfExists: requestTag(team), StringEquals: resourceTag(team) },
    },
  ];
}

/** The security groups of the load balancers: ours by the name that the stack `edge` gives them, those that exist by id. */
function edgeGroups(ci: CiScope): Pick<NamedStatement, "Resource" | "Condition"> {
  const edge = ci.platform.environments[ci.scope.name]?.edge;
  if (!edge || !isProvided(edge)) {
    const ownNames = { "aws:ResourceTag/Name": ["edge-internal", "edge-public"] };
    return { Resource: ours(ci, "ec2", "security-group/*"), Condition: { StringEquals: ownNames } };
  }
  const given = [edge.public, edge.internal].filter((each) => each !== null);
  return { Resource: given.map(({ securityGroupId }) => ours(ci, "ec2", `security-group/${securityGroupId}`)) };
}
