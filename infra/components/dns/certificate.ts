import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link Certificate}. */
export interface CertificateArgs {
  /** The certificate is for this name and every name one level below it. */
  domain: string;
  /** Names below the domain of which the certificate is to cover every name one level below too, for example `internal`. @default none */
  below?: string[];
  /** The hosted zone that answers for the domain. */
  zoneId: pulumi.Input<string>;
  /**
   * Whether the world finds the zone: the zone above names its name servers. Only then is the certificate waited for; before, the wait
   * would end in a timeout.
   */
  delegated: boolean;
  /** Last word on each child's arguments. */
  transform?: { certificate?: (args: aws.acm.CertificateArgs) => aws.acm.CertificateArgs };
}

/**
 * A certificate for a domain and every name one level below it (a wildcard covers no more), in the region of the stack. ACM renews it by itself while its record
 * stands.
 *
 * Cost: nothing. ACM's public certificates are free where AWS's own services use them.
 *
 * @example
 * new Certificate("dns", { domain: "dev.acme.example", zoneId: zone.zoneId, delegated: true });
 */
export class Certificate extends pulumi.ComponentResource {
  /** Null until `delegated`. Otherwise known only once the certificate is issued: a load balancer refuses a pending one. */
  declare readonly validatedArn: pulumi.Output<string | null>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    certificate: aws.acm.Certificate;
    /** One for the domain, one for each of `below`. */
    records: aws.route53.Record[];
    /** Absent until `delegated`. */
    validation?: aws.acm.CertificateValidation;
  };

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:Certificate", name, {}, opts);
    const parent = this;

    const wildcards = [args.domain, ...(args.below ?? []).map((label) => `${label}.${args.domain}`)];

    const certificate = requestCertificate();
    const records = wildcards.map(proveOwnership);
    const validation = args.delegated ? awaitValidation() : undefined;

    this.validatedArn = validation ? validation.certificateArn : pulumi.output(null);
    this.nodes = { certificate, records, validation };
    this.registerOutputs({ validatedArn: this.validatedArn });

    function requestCertificate() {
      const wanted: aws.acm.CertificateArgs = {
        domainName: args.domain,
        subjectAlternativeNames: wildcards.map((host) => `*.${host}`),
        validationMethod: "DNS",
        tags: { Name: args.domain },
      };
      return new aws.acm.Certificate(name, args.transform?.certificate?.(wanted) ?? wanted, { parent });
    }

    function proveOwnership(host: string, index: number) {
      // ACM asks for one and the same record for a domain and its wildcard, and for every certificate of theirs in the account.
      const option = certificate.domainValidationOptions.apply((options) => optionOf(`*.${host}`, options));
      return new aws.route53.Record(
        index === 0 ? `${name}-validation` : `${name}-validation-${args.below?.[index - 1]}`,
        {
          zoneId: args.zoneId,
          name: option.resourceRecordName,
          type: option.resourceRecordType,
          records: [option.resourceRecordValue],
          ttl: 300, // seconds
        },
        { parent },
      );
    }

    function awaitValidation() {
      return new aws.acm.CertificateValidation(
        name,
        { certificateArn: certificate.arn, validationRecordFqdns: records.map((record) => record.fqdn) },
        // Minutes as a rule. The provider would wait 75: a wrong name server in settings should show sooner.
        { parent, customTimeouts: { create: "30m" } },
      );
    }
  }
}

type ValidationOption = aws.types.output.acm.CertificateDomainValidationOption;

function optionOf(domain: string, options: ValidationOption[]): ValidationOption {
  const found = options.find((option) => option.domainName === domain);
  if (found) return found;
  throw new Error(`ACM names no validation record for ${domain}. Run \`pulumi refresh\`, then this again.`);
}
