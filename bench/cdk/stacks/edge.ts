import {
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_elasticloadbalancingv2 as elb,
  aws_logs as logs,
  aws_route53 as route53,
  aws_route53_targets as targets,
  aws_s3 as s3,
  aws_wafv2 as waf,
} from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Environment } from "../environments.ts";
import type { DnsStack } from "./dns.ts";
import type { NetworkStack } from "./network.ts";

/** A public load balancer with HTTPS behind a firewall, its names, its access logs, and a probe from outside. */
export class EdgeStack extends Stack {
  readonly loadBalancer: elb.ApplicationLoadBalancer;
  readonly listener: elb.ApplicationListener;
  readonly securityGroup: ec2.SecurityGroup;
  private readonly environmentSettings: Environment;

  private readonly dns: DnsStack;

  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    { network, dns }: { network: NetworkStack; dns: DnsStack },
    props: StackProps,
  ) {
    super(scope, id, props);
    this.environmentSettings = environment;
    this.dns = dns;
    this.securityGroup = this.createSecurityGroup(network);
    this.loadBalancer = this.createLoadBalancer(network);
    this.listener = this.createListeners();
    this.createFirewall();
    this.createNames();
    this.createProbe();
  }

  private createSecurityGroup(network: NetworkStack): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, "edge-public-group", {
      vpc: network.vpc,
      description: "HTTP and HTTPS from clients to the load balancer",
      allowAllOutbound: false,
    });
    for (const port of [80, 443]) {
      new ec2.CfnSecurityGroupIngress(this, `edge-public-${port}`, {
        groupId: group.securityGroupId,
        description: `${port} from clients`,
        cidrIp: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    }
    return group;
  }

  private createLoadBalancer(network: NetworkStack): elb.ApplicationLoadBalancer {
    const logBucket = new s3.Bucket(this, "edge-logs", {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          id: "delete-old-logs",
          expiration: Duration.days(90),
          noncurrentVersionExpiration: Duration.days(7),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const loadBalancer = new elb.ApplicationLoadBalancer(this, "edge-public", {
      vpc: network.vpc,
      internetFacing: true,
      securityGroup: this.securityGroup,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elb.DesyncMitigationMode.DEFENSIVE,
      idleTimeout: Duration.seconds(60),
      deletionProtection: this.environmentSettings.protect,
    });
    loadBalancer.logAccessLogs(logBucket, "public");
    return loadBalancer;
  }

  private createListeners(): elb.ApplicationListener {
    const https = this.loadBalancer.addListener("https", {
      port: 443,
      open: false,
      certificates: [this.dns.certificate],
      sslPolicy: elb.SslPolicy.TLS13_RES,
      defaultAction: elb.ListenerAction.fixedResponse(404, {
        contentType: "application/json",
        messageBody: '{"error":"no service answers here"}',
      }),
    });
    https.addAction("probe", {
      priority: 1,
      conditions: [elb.ListenerCondition.pathPatterns(["/healthz"])],
      action: elb.ListenerAction.fixedResponse(200, { contentType: "application/json", messageBody: '{"status":"reached"}' }),
    });
    this.loadBalancer.addListener("redirect", {
      port: 80,
      open: false,
      defaultAction: elb.ListenerAction.redirect({ protocol: "HTTPS", port: "443", permanent: true }),
    });
    return https;
  }

  private createFirewall(): void {
    const visible = (metricName: string) => ({ metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true });
    const managed = [
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
    ];
    const webAcl = new waf.CfnWebACL(this, "edge-firewall", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visible("all"),
      rules: [
        ...managed.map((name, priority) => ({
          name,
          priority,
          overrideAction: { none: {} },
          statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
          visibilityConfig: visible(name),
        })),
        {
          name: "RateLimit",
          priority: managed.length,
          action: { block: {} },
          statement: { rateBasedStatement: { limit: 2000, aggregateKeyType: "IP", evaluationWindowSec: 300 } },
          visibilityConfig: visible("RateLimit"),
        },
      ],
    });
    new waf.CfnWebACLAssociation(this, "edge-firewall-association", {
      resourceArn: this.loadBalancer.loadBalancerArn,
      webAclArn: webAcl.attrArn,
    });
    const logGroup = new logs.LogGroup(this, "edge-firewall-logs", {
      logGroupName: `aws-waf-logs-acme-${this.environmentSettings.name}`,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new waf.CfnLoggingConfiguration(this, "edge-firewall-logging", {
      resourceArn: webAcl.attrArn,
      logDestinationConfigs: [
        this.formatArn({ service: "logs", resource: "log-group", resourceName: logGroup.logGroupName, arnFormat: undefined }),
      ],
      redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { Name: header } })),
    });
  }

  private createNames(): void {
    const { host } = this.environmentSettings;
    const { zone } = this.dns;
    const target = route53.RecordTarget.fromAlias(
      new targets.LoadBalancerTarget(this.loadBalancer, { evaluateTargetHealth: true }),
    );
    new route53.ARecord(this, "edge-public-names", { zone, recordName: `${host}.`, target });
    new route53.ARecord(this, "edge-public-names-below", { zone, recordName: `*.${host}.`, target });
  }

  private createProbe(): void {
    const check = new route53.HealthCheck(this, "edge-probe", {
      type: route53.HealthCheckType.HTTPS,
      fqdn: this.environmentSettings.host,
      port: 443,
      resourcePath: "/healthz",
      enableSNI: true,
      requestInterval: Duration.seconds(30),
      failureThreshold: 3,
    });
    new cloudwatch.Alarm(this, "edge-probe-alarm", {
      metric: new cloudwatch.Metric({
        namespace: "AWS/Route53",
        metricName: "HealthCheckStatus",
        dimensionsMap: { HealthCheckId: check.healthCheckId },
        statistic: "Minimum",
        period: Duration.minutes(1),
      }),
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
