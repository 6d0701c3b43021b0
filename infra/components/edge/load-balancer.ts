import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link LoadBalancer}. */
export interface LoadBalancerArgs {
  vpcId: pulumi.Input<string>;
  /** Subnets in two zones at least: public ones, or private ones when `internal`. */
  subnetIds: pulumi.Input<string[]>;
  /** Whether it is reached from inside the network only. @default false */
  internal?: boolean;
  /** Who may connect, as IPv4 ranges. An internal load balancer should be open to its network only. */
  clients: pulumi.Input<string>[];
  /** Certificate of ACM in the same region. */
  certificateArn: pulumi.Input<string>;
  /** Where access logs go: a bucket that load balancers may write to, and a folder. See `LogBucket`. */
  accessLogs: { bucket: pulumi.Input<string>; prefix: string };
  /** A path that the load balancer itself answers with 200: a probe can tell it from the services behind it. @default none */
  reachabilityPath?: string;
  /** Protects it from deletion, in AWS and in Pulumi. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: {
    loadBalancer?: (args: aws.lb.LoadBalancerArgs) => aws.lb.LoadBalancerArgs;
    listener?: (args: aws.lb.ListenerArgs) => aws.lb.ListenerArgs;
    securityGroup?: (args: aws.ec2.SecurityGroupArgs) => aws.ec2.SecurityGroupArgs;
  };
}

/**
 * TLS 1.2 and 1.3 with forward secrecy and authenticated ciphers only, and with clients that know it a key exchange that withstands
 * quantum computers. What AWS recommends (ALB security policies, 2026-09); left out, it takes one of 2016 that speaks TLS 1.0.
 */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/**
 * An application load balancer that speaks HTTPS, sends plain HTTP there, and answers 404 to what no rule takes.
 *
 * Services add their own listener rules and open the way from `securityGroupId` to themselves: with no service it can reach
 * nothing.
 *
 * Cost a month (us-east-1): 0.0225 × 730 h = $16.43, and 0.008 × 730 h = $5.84 for each capacity unit in use (25 new
 * connections a second, 1 GB an hour); public addresses 0.005 × 730 h = $3.65 a zone.
 */
export class LoadBalancer extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  /** The part of the ARN that metrics take as their dimension LoadBalancer, for example `app/edge/50dc6c495c0c9188`. */
  declare readonly arnSuffix: pulumi.Output<string>;
  declare readonly dnsName: pulumi.Output<string>;
  /** Hosted zone of `dnsName`, for alias records. */
  declare readonly zoneId: pulumi.Output<string>;
  /** The HTTPS listener: services' rules belong to it. */
  declare readonly listenerArn: pulumi.Output<string>;
  declare readonly securityGroupId: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    loadBalancer: aws.lb.LoadBalancer;
    https: aws.lb.Listener;
    http: aws.lb.Listener;
    securityGroup: aws.ec2.SecurityGroup;
  };

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:LoadBalancer", name, {}, opts);
    const parent = this;
    refuseWrongClients(name, args);

    const securityGroup = createSecurityGroup();
    const loadBalancer = createLoadBalancer();
    const https = createHttpsListener();
    const http = createRedirect();
    if (args.reachabilityPath) answerProbes(args.reachabilityPath);

    this.arn = loadBalancer.arn;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.listenerArn = https.arn;
    this.securityGroupId = securityGroup.id;
    this.nodes = { loadBalancer, https, http, securityGroup };
    this.registerOutputs({ arn: this.arn, dnsName: this.dnsName, listenerArn: this.listenerArn });

    function createSecurityGroup() {
      const wanted: aws.ec2.SecurityGroupArgs = {
        vpcId: args.vpcId,
        description: "HTTP and HTTPS from clients to the load balancer",
        tags: { Name: name },
      };
      const group = new aws.ec2.SecurityGroup(name, args.transform?.securityGroup?.(wanted) ?? wanted, { parent });
      for (const [protocol, port] of [
        ["http", 80],
        ["https", 443],
      ] as const) {
        args.clients.forEach((cidrIpv4, index) => {
          const rule = {
            securityGroupId: group.id,
            description: `${protocol.toUpperCase()} from clients`,
            cidrIpv4,
            ipProtocol: "tcp",
          };
          new aws.vpc.SecurityGroupIngressRule(
            `${name}-${protocol}-${index + 1}`,
            { ...rule, fromPort: port, toPort: port },
            { parent },
          );
        });
      }
      return group;
    }

    function createLoadBalancer() {
      const wanted: aws.lb.LoadBalancerArgs = {
        loadBalancerType: "application",
        internal: args.internal ?? false,
        subnets: args.subnetIds,
        securityGroups: [securityGroup.id],
        accessLogs: { enabled: true, bucket: args.accessLogs.bucket, prefix: args.accessLogs.prefix },
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        idleTimeout: 60, // seconds; a service's own keep-alive must be longer, or the load balancer answers 502
        enableDeletionProtection: args.protect,
        enableZonalShift: true, // lets a person lead traffic away from a failing zone; free
      };
      return new aws.lb.LoadBalancer(name, args.transform?.loadBalancer?.(wanted) ?? wanted, { parent, protect: args.protect });
    }

    function createHttpsListener() {
      const wanted: aws.lb.ListenerArgs = {
        loadBalancerArn: loadBalancer.arn,
        port: 443,
        protocol: "HTTPS",
        sslPolicy: TLS_POLICY,
        certificateArn: args.certificateArn,
        defaultActions: [
          {
            type: "fixed-response",
            fixedResponse: {
              statusCode: "404",
              contentType: "application/json",
              messageBody: '{"error":"no service answers here"}',
            },
          },
        ],
      };
      return new aws.lb.Listener(name, args.transform?.listener?.(wanted) ?? wanted, { parent });
    }

    function answerProbes(path: string) {
      const fixedResponse = { statusCode: "200", contentType: "application/json", messageBody: '{"status":"reached"}' };
      new aws.lb.ListenerRule(
        `${name}-probe`,
        {
          listenerArn: https.arn,
          priority: 1, // before every service's: theirs begin at 100
          conditions: [{ pathPattern: { values: [path] } }],
          actions: [{ type: "fixed-response", fixedResponse }],
        },
        { parent },
      );
    }

    function createRedirect() {
      const redirect = { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" };
      return new aws.lb.Listener(
        `${name}-redirect`,
        { loadBalancerArn: loadBalancer.arn, port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect", redirect }] },
        { parent },
      );
    }
  }
}

/** @throws when nobody may connect, or everybody to what is internal */
export function refuseWrongClients(name: string, args: Pick<LoadBalancerArgs, "clients" | "internal">): void {
  if (args.clients.length === 0) {
    throw new Error(
      `load balancer "${name}": no clients may connect. Give at least one IPv4 range in \`clients\`, for example 0.0.0.0/0.`,
    );
  }
  if (args.internal && args.clients.includes("0.0.0.0/0")) {
    throw new Error(
      `load balancer "${name}" is internal, but its \`clients\` are 0.0.0.0/0. ` +
        `Give the network's own range, or leave out \`internal\`.`,
    );
  }
}
