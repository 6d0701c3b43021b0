import { arnPattern, type Sample, sampleArn, UUID } from "../sample.ts";

const BALANCER = sampleArn("elasticloadbalancing", "loadbalancer/app/edge/50dc6c495c0c9188");
const LISTENER = sampleArn("elasticloadbalancing", "listener/app/edge/50dc6c495c0c9188/f2f7dc8efc522ab2");
const GROUP = sampleArn("elasticloadbalancing", "targetgroup/catalog/73e2d6bc24d8a067");
const CERTIFICATE = sampleArn("acm", "certificate/3a1f5f0e-6a1c-4f0a-9d53-0d7c1f6f2a01");
const WEB_ACL = sampleArn("wafv2", "regional/webacl/edge/11111111-2222-4333-8444-555555555555");
const visibilityConfig = { metricName: "all", cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
const rateRule = {
  name: "rate",
  priority: 1,
  action: { block: {} },
  statement: { rateBasedStatement: { limit: 2000 } },
  visibilityConfig,
};
const managedRule = {
  name: "common",
  priority: 0,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
  visibilityConfig,
};
const path = (...values: string[]) => ({ pathPattern: { values } });

export const edgeSamples: Sample[] = [
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    good: { subnets: ["subnet-0a", "subnet-0b"], securityGroups: ["sg-0a"] },
    id: arnPattern("elasticloadbalancing", "loadbalancer/app/sample-[0-9a-f]{7}/[0-9a-f]{16}"),
    outputs: {
      arnSuffix: /^app\/sample-[0-9a-f]{7}\/[0-9a-f]{16}$/,
      dnsName: /^sample-[0-9a-f]{7}-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/,
      zoneId: /^Z32O12XQLNTSW2$/,
    },
    bad: [
      [{ name: "x".repeat(33) }, "name", /has 33 characters, at most 32/],
      [{ name: "my_lb" }, "name", /use letters, digits and hyphens/],
      [{ name: "edge-" }, "name", /a letter or digit at the beginning and the end/],
      [{ name: "internal-edge" }, "name", /begins with internal-/],
      [{ namePrefix: "toolong" }, "namePrefix", /at most 6/],
      [{ subnets: ["subnet-0a"] }, "subnets", /subnets in two zones at least, 1 given/],
      [{ subnets: null }, "subnets", /exactly one of subnets and subnetMappings/],
      [{ idleTimeout: 4001 }, "idleTimeout", /1 to 4000 seconds/],
      [{ accessLogs: { enabled: true } }, "accessLogs.bucket", /is required/],
    ],
  },
  {
    type: "aws:lb/listener:Listener",
    good: {
      loadBalancerArn: BALANCER,
      port: 443,
      protocol: "HTTPS",
      certificateArn: CERTIFICATE,
      defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
    },
    id: arnPattern("elasticloadbalancing", "listener/app/edge/50dc6c495c0c9188/[0-9a-f]{16}"),
    bad: [
      [{ certificateArn: null }, "certificateArn", /is required for a listener of HTTPS/],
      [{ protocol: "HTTP" }, "certificateArn", /is not for a listener of HTTP/],
      [{ port: 0 }, "port", /1 to 65535/],
      [{ loadBalancerArn: "edge" }, "loadBalancerArn", /not an ARN of elasticloadbalancing/],
      [
        { defaultActions: [{ type: "forward" }] },
        "defaultActions[0].targetGroupArn",
        /exactly one of targetGroupArn and forward/,
      ],
      [{ defaultActions: [{ type: "deny" }] }, "defaultActions[0].type", /Use forward, redirect, fixed-response/],
      [
        { defaultActions: [{ type: "redirect", redirect: { statusCode: "301" } }] },
        "defaultActions[0].redirect.statusCode",
        /HTTP_301 or HTTP_302/,
      ],
      [
        { defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "application/xml", statusCode: "302" } }] },
        "defaultActions[0].fixedResponse.statusCode",
        /2xx, 4xx or 5xx/,
      ],
    ],
  },
  {
    type: "aws:lb/listenerRule:ListenerRule",
    good: {
      listenerArn: LISTENER,
      priority: 100,
      conditions: [path("/catalog", "/catalog/*")],
      actions: [{ type: "forward", forward: { targetGroups: [{ arn: GROUP, weight: 100 }] } }],
    },
    id: arnPattern("elasticloadbalancing", "listener-rule/app/edge/50dc6c495c0c9188/f2f7dc8efc522ab2/[0-9a-f]{16}"),
    bad: [
      [{ priority: 0 }, "priority", /1 to 50000/],
      [{ priority: 50_001 }, "priority", /1 to 50000/],
      [{ conditions: [path("/a", "/b", "/c", "/d", "/e", "/f")] }, "conditions", /has 6 values, at most 5/],
      [
        { conditions: [path("/*/*/*/*"), { hostHeader: { values: ["*.*.*.example"] } }] },
        "conditions",
        /has 7 wildcards, at most 6/,
      ],
      [{ conditions: [path("/a"), path("/b")] }, "conditions", /pathPattern comes twice/],
      [{ conditions: [{}] }, "conditions[0]", /exactly one of hostHeader.* 0 are set/],
      [{ conditions: [path(`/${"x".repeat(128)}`)] }, "conditions", /at most 128/],
      [
        { actions: [{ type: "forward", forward: { targetGroups: [{ arn: GROUP, weight: 1000 }] } }] },
        "actions[0].forward.targetGroups[0].weight",
        /0 to 999/,
      ],
    ],
  },
  {
    type: "aws:lb/listenerCertificate:ListenerCertificate",
    good: { listenerArn: LISTENER, certificateArn: CERTIFICATE },
    id: /^arn:aws:elasticloadbalancing:.*_arn:aws:acm:/,
    bad: [[{ listenerArn: CERTIFICATE }, "listenerArn", /not an ARN of elasticloadbalancing/]],
  },
  {
    type: "aws:lb/targetGroup:TargetGroup",
    good: {
      targetType: "ip",
      vpcId: "vpc-0a",
      port: 8080,
      protocol: "HTTP",
      healthCheck: { path: "/healthz", interval: 10, timeout: 5 },
    },
    id: arnPattern("elasticloadbalancing", "targetgroup/sample-[0-9a-f]{7}/[0-9a-f]{16}"),
    outputs: { arnSuffix: /^targetgroup\/sample-[0-9a-f]{7}\/[0-9a-f]{16}$/ },
    bad: [
      [{ name: "x".repeat(33) }, "name", /at most 32/],
      [{ vpcId: null }, "vpcId", /is required for targets of type ip/],
      [{ deregistrationDelay: 3601 }, "deregistrationDelay", /0 to 3600/],
      [{ slowStart: 10 }, "slowStart", /30 to 900 seconds, or 0/],
      [{ healthCheck: { path: "healthz" } }, "healthCheck.path", /Begin it with \//],
      [{ healthCheck: { interval: 4 } }, "healthCheck.interval", /5 to 300/],
      [{ healthCheck: { interval: 5, timeout: 5 } }, "healthCheck.timeout", /not below the interval/],
      [{ healthCheck: { matcher: "ok" } }, "healthCheck.matcher", /200 or 200-299,301/],
    ],
  },
  {
    type: "aws:wafv2/webAcl:WebAcl",
    good: { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig, rules: [managedRule, rateRule] },
    id: new RegExp(`^${UUID}$`),
    outputs: { arn: arnPattern("wafv2", `regional/webacl/sample-[0-9a-f]{7}/${UUID}`), capacity: /^702$/ },
    bad: [
      [{ scope: "GLOBAL" }, "scope", /REGIONAL, CLOUDFRONT/],
      [{ defaultAction: {} }, "defaultAction", /exactly one of allow, block/],
      [{ rules: [managedRule, { ...rateRule, priority: 0 }] }, "rules", /two have the priority 0/],
      [{ rules: [managedRule, { ...managedRule, priority: 1 }] }, "rules", /two have the name "common"/],
      [
        { rules: [{ ...managedRule, overrideAction: null, action: { block: {} } }] },
        "rules[0].action",
        /is not for a rule group/,
      ],
      [{ rules: [{ ...rateRule, visibilityConfig: null }] }, "rules[0].visibilityConfig", /is required/],
      [
        { rules: Array.from({ length: 8 }, (_, priority) => ({ ...managedRule, name: `r${priority}`, priority })) },
        "rules",
        /use 5600 capacity units, at most 5000/,
      ],
    ],
  },
  {
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    good: { webAclArn: WEB_ACL, resourceArn: BALANCER },
    id: /^arn:aws:wafv2:.*,arn:aws:elasticloadbalancing:/,
    bad: [[{ webAclArn: BALANCER }, "webAclArn", /not an ARN of wafv2/]],
  },
  {
    type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    good: { resourceArn: WEB_ACL, logDestinationConfigs: [sampleArn("logs", "log-group:aws-waf-logs-edge")] },
    id: arnPattern("wafv2", "regional/webacl/edge/.*"),
    bad: [
      [
        { logDestinationConfigs: [sampleArn("logs", "log-group:edge")] },
        "logDestinationConfigs",
        /must begin with aws-waf-logs-/,
      ],
    ],
  },
  {
    type: "aws:route53/zone:Zone",
    good: { name: "acme.example" },
    id: /^Z[A-Z2-7]{20}$/,
    outputs: { arn: /^arn:aws:route53:::hostedzone\/Z[A-Z2-7]{20}$/, primaryNameServer: /^ns-\d+\.awsdns-\d\d\.org$/ },
    bad: [[{ vpcs: [{ vpcId: "vpc-0a" }], delegationSetId: "N1" }, "delegationSetId", /is not for a private zone/]],
  },
  {
    type: "aws:route53/record:Record",
    good: { zoneId: "Z1", name: "www.acme.example", type: "A", ttl: 300, records: ["203.0.113.1"] },
    id: /^Z1_www\.acme\.example_A$/,
    outputs: { fqdn: /^www\.acme\.example$/ },
    bad: [
      [{ ttl: null }, "ttl", /is required with records/],
      [{ aliases: [{ name: "x", zoneId: "Z2", evaluateTargetHealth: true }] }, "records", /exactly one of records and aliases/],
      [{ type: "ALIAS" }, "type", /Use one of A, AAAA/],
      [{ type: "CNAME", records: ["a", "b"] }, "records", /a CNAME has one value/],
      [{ weightedRoutingPolicies: [{ weight: 1 }] }, "setIdentifier", /is required with weightedRoutingPolicies/],
    ],
  },
  {
    type: "aws:route53/healthCheck:HealthCheck",
    good: { type: "HTTPS", fqdn: "acme.example", port: 443, resourcePath: "/healthz" },
    id: new RegExp(`^${UUID}$`),
    outputs: { arn: /^arn:aws:route53:::healthcheck\/[0-9a-f-]{36}$/ },
    bad: [
      [{ fqdn: null }, "fqdn", /is required for a check of HTTPS/],
      [{ requestInterval: 20 }, "requestInterval", /Use one of 10, 30/],
      [{ failureThreshold: 11 }, "failureThreshold", /1 to 10/],
      [{ searchString: "ok" }, "searchString", /is not for a check of HTTPS/],
      [{ resourcePath: "healthz" }, "resourcePath", /begins with \//],
      [{ regions: ["eu-west-1"] }, "regions", /at least 3/],
    ],
  },
];
