import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link WebAcl}. */
export interface WebAclArgs {
  /** The load balancer that it guards. */
  resourceArn: pulumi.Input<string>;
  /** End of the log group's name: WAF takes only groups whose name begins with `aws-waf-logs-`. Unique in account and region. */
  logName: string;
  /** `count` only records what would have been blocked: for a first week with real traffic. @default "block" */
  mode?: "block" | "count";
  /** Requests that one client address may send in five minutes, 10 to 2,000,000,000. @default 2000 */
  rateLimit?: number;
  /** How long logs are kept. @default 30 */
  logDays?: number;
  /** Last word on each child's arguments. */
  transform?: {
    webAcl?: (args: aws.wafv2.WebAclArgs) => aws.wafv2.WebAclArgs;
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
  };
}

/**
 * AWS's managed rules in the order in which they are tried, cheapest first. Together 925 of a web ACL's 1,500 capacity units.
 *
 * `counted` are rules of a group that only count: the body limit of 8 KB refuses honest uploads.
 */
const MANAGED_RULES = [
  { name: "AWSManagedRulesAmazonIpReputationList", counted: [] },
  { name: "AWSManagedRulesKnownBadInputsRuleSet", counted: [] },
  { name: "AWSManagedRulesCommonRuleSet", counted: ["SizeRestrictions_BODY"] },
] as const;

/**
 * A web application firewall before a load balancer: addresses of ill repute, known attacks, and too many requests from one
 * address.
 *
 * Logs hold what was blocked or counted, without the headers that carry credentials.
 *
 * Cost a month (us-east-1): $5 for the web ACL, $1 for each of 4 rules, so $9; $0.60 a million requests; logs $0.50/GB.
 */
export class WebAcl extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    webAcl: aws.wafv2.WebAcl;
    association: aws.wafv2.WebAclAssociation;
    logGroup: aws.cloudwatch.LogGroup;
  };

  constructor(name: string, args: WebAclArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:WebAcl", name, {}, opts);
    const parent = this;
    const rules = webAclRules(args.mode ?? "block", args.rateLimit ?? 2000);

    const webAcl = createWebAcl();
    const association = guardLoadBalancer();
    const logGroup = createLogGroup();
    logWhatWasStopped();

    this.arn = webAcl.arn;
    this.nodes = { webAcl, association, logGroup };
    this.registerOutputs({ arn: this.arn });

    function createWebAcl() {
      const wanted: aws.wafv2.WebAclArgs = {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules,
        visibilityConfig: visibility("all"),
      };
      return new aws.wafv2.WebAcl(name, args.transform?.webAcl?.(wanted) ?? wanted, { parent });
    }

    function guardLoadBalancer() {
      return new aws.wafv2.WebAclAssociation(name, { resourceArn: args.resourceArn, webAclArn: webAcl.arn }, { parent });
    }

    function createLogGroup() {
      const wanted: aws.cloudwatch.LogGroupArgs = { name: `aws-waf-logs-${args.logName}`, retentionInDays: args.logDays ?? 30 };
      return new aws.cloudwatch.LogGroup(name, args.transform?.logGroup?.(wanted) ?? wanted, { parent });
    }

    function logWhatWasStopped() {
      new aws.wafv2.WebAclLoggingConfiguration(
        name,
        {
          resourceArn: webAcl.arn,
          logDestinationConfigs: [logGroup.arn],
          redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { name: header } })),
          loggingFilter: {
            defaultBehavior: "DROP",
            filters: [
              {
                behavior: "KEEP",
                requirement: "MEETS_ANY",
                conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
              },
            ],
          },
        },
        { parent },
      );
    }
  }
}

/**
 * The rules of a web ACL, in priority order.
 *
 * @throws when the rate limit is outside WAF's bounds (AWS WAF quotas, 2026-09)
 */
export function webAclRules(mode: "block" | "count", rateLimit: number): aws.types.input.wafv2.WebAclRule[] {
  if (!Number.isInteger(rateLimit) || rateLimit < 10 || rateLimit > 2_000_000_000) {
    throw new Error(
      `web ACL: rate limit ${rateLimit}: allowed are whole numbers from 10 to 2000000000 requests in five minutes.`,
    );
  }
  const managed = MANAGED_RULES.map((group, priority) => ({
    name: group.name,
    priority,
    overrideAction: mode === "count" ? { count: {} } : { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: group.name,
        ruleActionOverrides: group.counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibility(group.name),
  }));
  const rate = {
    name: "RateLimit",
    priority: managed.length,
    action: mode === "count" ? { count: {} } : { block: {} },
    statement: { rateBasedStatement: { limit: rateLimit, aggregateKeyType: "IP", evaluationWindowSec: 300 } },
    visibilityConfig: visibility("RateLimit"),
  };
  return [...managed, rate];
}

function visibility(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
