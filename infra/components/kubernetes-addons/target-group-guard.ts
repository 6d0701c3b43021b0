import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { sortedJson } from "../documents/json.ts";

/** Label of a team's namespace, with the team's name as its value. The guard holds where it is. */
export const TEAM_LABEL = "team";

/** Arguments of {@link TargetGroupGuard}. */
export interface TargetGroupGuardArgs {
  /**
   * Namespace by service. A service's target groups are called after it, with something behind a hyphen.
   * @example { catalog: "team-shopping" }
   */
  namespaces: Record<string, string>;
  /** Name of the policy in the cluster. @default "own-target-groups" */
  policyName?: string;
  /** Last word on each child's arguments. */
  transform?: {
    policy?: (
      args: kubernetes.admissionregistration.v1.ValidatingAdmissionPolicyArgs,
    ) => kubernetes.admissionregistration.v1.ValidatingAdmissionPolicyArgs;
  };
}

/**
 * Lets a team bind only target groups of its own services.
 *
 * A TargetGroupBinding names its target group by ARN, and Auto Mode binds any that is tagged for the cluster: who may write one in
 * a namespace of its own could take another team's traffic. RBAC decides by namespace and kind and can't look into an object, so
 * the API server itself looks: this policy compares the target group's name with the services of the namespace, on every create
 * and update, whoever asks, and refuses when in doubt.
 *
 * Costs nothing.
 *
 * @example
 * new TargetGroupGuard("addons-target-groups", { namespaces: { catalog: "team-shopping" } }, { providers });
 */
export class TargetGroupGuard extends pulumi.ComponentResource {
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    policy: kubernetes.admissionregistration.v1.ValidatingAdmissionPolicy;
    binding: kubernetes.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
  };

  constructor(name: string, args: TargetGroupGuardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:TargetGroupGuard", name, {}, opts);
    const parent = this;
    const policyName = args.policyName ?? "own-target-groups";

    const policy = createPolicy();
    const binding = apply();

    this.nodes = { policy, binding };
    this.registerOutputs({});

    function createPolicy() {
      const wanted: kubernetes.admissionregistration.v1.ValidatingAdmissionPolicyArgs = {
        metadata: { name: policyName },
        spec: {
          failurePolicy: "Fail",
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: ["eks.amazonaws.com"],
                apiVersions: ["*"],
                operations: ["CREATE", "UPDATE"],
                resources: ["targetgroupbindings"],
              },
            ],
          },
          ...ownTargetGroups(args.namespaces),
        },
      };
      return new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicy(name, args.transform?.policy?.(wanted) ?? wanted, {
        parent,
      });
    }

    function apply() {
      return new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
        name,
        {
          metadata: { name: policyName },
          spec: {
            policyName: policy.metadata.name,
            validationActions: ["Audit", "Deny"],
            matchResources: { namespaceSelector: { matchExpressions: [{ key: TEAM_LABEL, operator: "Exists" }] } },
          },
        },
        { parent },
      );
    }
  }
}

/**
 * The rule in CEL. Of the services with whose name a target group's begins, the longest is meant: `shop-admin-1a2b3c4` is
 * `shop-admin`'s, not `shop`'s.
 */
export function ownTargetGroups(namespaces: Record<string, string>) {
  return {
    variables: [
      // CEL writes maps of text as JSON does.
      { name: "namespaces", expression: sortedJson(namespaces) },
      // arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID
      { name: "targetGroup", expression: "object.spec.targetGroupARN.split('/')[1]" },
      {
        name: "services",
        expression: "variables.namespaces.filter(service, variables.targetGroup.startsWith(service + '-'))",
      },
    ],
    validations: [
      {
        expression:
          "variables.services.exists(service, variables.namespaces[service] == object.metadata.namespace && " +
          "variables.services.all(other, size(other) <= size(service)))",
        message:
          "the target group is not one of this team's services. Bind one whose name begins with the service's; a new service is " +
          "added to kubernetes-addons:services.",
        reason: "Forbidden",
      },
    ],
  };
}
