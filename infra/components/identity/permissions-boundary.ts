import { assertFits } from "@fairway/iam";
import { permissionsBoundary } from "@fairway/settings";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { sortedJson } from "../documents/json.ts";
import { boundaryStatements } from "./permissions/boundary.ts";
import { type CiScope, documentOf } from "./permissions/scope.ts";

/** Arguments of {@link PermissionsBoundary}. */
export interface PermissionsBoundaryArgs extends CiScope {
  /** Protects the policy from deletion: every role of the scope carries it. */
  protect: boolean;
  /** Last word on the policy's arguments. */
  transform?: { policy?: (args: aws.iam.PolicyArgs) => aws.iam.PolicyArgs };
}

/**
 * The most that any role made by a program may be allowed: a managed policy that every such role carries, by `roleDefaults`. Whatever a
 * role's own policies say, it can use data and nothing more.
 *
 * Cost: nothing.
 */
export class PermissionsBoundary extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly nodes: { policy: aws.iam.Policy };

  constructor(name: string, args: PermissionsBoundaryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:PermissionsBoundary", name, {}, opts);
    const { platform, scope, protect, transform } = args;
    const { name: policyName } = permissionsBoundary(platform, scope);
    const document = documentOf(boundaryStatements({ platform, scope }));
    assertFits("managed policy", `policy ${policyName}`, document);

    const wanted: aws.iam.PolicyArgs = {
      name: policyName,
      path: `/${platform.name}/`,
      description: `The most that roles of ${scope.name} may be allowed`,
      policy: sortedJson(document),
    };
    const policy = new aws.iam.Policy(name, transform?.policy?.(wanted) ?? wanted, { parent: this, protect });
    this.arn = policy.arn;
    this.nodes = { policy };
    this.registerOutputs({ arn: this.arn });
  }
}
