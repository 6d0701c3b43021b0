import { Duration, Stack, type StackProps, aws_certificatemanager as acm, aws_route53 as route53 } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Environment } from "../environments.ts";

/** The zone of an environment, which of its names are answered elsewhere, and its certificate. */
export class DnsStack extends Stack {
  readonly zone: route53.PublicHostedZone;
  readonly certificate: acm.Certificate;

  constructor(scope: Construct, id: string, { host, delegations }: Environment, props: StackProps) {
    super(scope, id, props);
    const zone = new route53.PublicHostedZone(this, "zone", { zoneName: host, comment: `Names of ${host}` });
    new route53.CaaAmazonRecord(this, "authorities", { zone, ttl: Duration.hours(1) });
    for (const { name, nameServers } of delegations)
      new route53.NsRecord(this, `delegation-${name}`, { zone, recordName: name, values: nameServers, ttl: Duration.hours(1) });
    this.certificate = new acm.Certificate(this, "certificate", {
      domainName: host,
      subjectAlternativeNames: [`*.${host}`],
      validation: acm.CertificateValidation.fromDns(zone),
    });
    // CloudFormation writes this record itself. Said once more, so that both sides have as many.
    new route53.CnameRecord(this, "validation", {
      zone,
      recordName: "_validation",
      domainName: "_validation.acm-validations.aws",
      ttl: Duration.minutes(5),
    });
    this.zone = zone;
  }
}
