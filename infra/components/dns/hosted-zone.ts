import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A name below a zone that another zone answers for. */
export interface Delegation {
  /** Environment whose zone it is: resources are named after it. */
  name: string;
  /** For example `dev.acme.example`. */
  domain: string;
  /** The other zone's name servers. */
  nameServers: string[];
}

/** Arguments of {@link HostedZone}. */
export interface HostedZoneArgs {
  /** For example `dev.acme.example`. */
  domain: string;
  /** Names below it that other zones answer for. @default none */
  delegations?: Delegation[];
  /**
   * Who may issue certificates for the domain and all below it, by the names that CAA records know them by. A certificate authority
   * that is left out can't renew what it issued. @default ["amazon.com"]
   */
  certificateAuthorities?: string[];
  /** Protects the zone from deletion: a new one has other name servers, and the zone above must learn them. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: {
    zone?: (args: aws.route53.ZoneArgs) => aws.route53.ZoneArgs;
    record?: (args: aws.route53.RecordArgs) => aws.route53.RecordArgs;
  };
}

/** Seconds that resolvers keep these records. They change when a zone is made anew, which should not take a day to be seen. */
const TTL = 3600;

/**
 * A public hosted zone: who may issue certificates for its names, and which names below it other zones answer for.
 *
 * Cost: $0.50 a month and $0.40 a million queries (Route 53, 2026-09); queries to aliases of load balancers are free.
 *
 * @example
 * new HostedZone("dns", { domain: "dev.acme.example", protect: false });
 */
export class HostedZone extends pulumi.ComponentResource {
  declare readonly zoneId: pulumi.Output<string>;
  /** Four, in the order that Route 53 gives. */
  declare readonly nameServers: pulumi.Output<string[]>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    zone: aws.route53.Zone;
    authorities: aws.route53.Record;
    delegations: aws.route53.Record[];
  };

  constructor(name: string, args: HostedZoneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:HostedZone", name, {}, opts);
    const parent = this;
    const delegations = args.delegations ?? [];
    refuseForeignNames(args.domain, delegations);

    const zone = createZone();
    const authorities = limitAuthorities();
    const delegated = delegations.map(delegate);

    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
    this.nodes = { zone, authorities, delegations: delegated };
    this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers });

    function createZone() {
      const wanted: aws.route53.ZoneArgs = { name: args.domain, comment: `Names of ${args.domain}` };
      return new aws.route53.Zone(name, args.transform?.zone?.(wanted) ?? wanted, { parent, protect: args.protect });
    }

    function limitAuthorities() {
      return createRecord(`${name}-authorities`, {
        name: args.domain,
        type: "CAA",
        records: authorityRecords(args.certificateAuthorities ?? ["amazon.com"]),
      });
    }

    function delegate({ name: to, domain, nameServers }: Delegation) {
      return createRecord(`${name}-${to}`, { name: domain, type: "NS", records: [...nameServers].sort() });
    }

    function createRecord(child: string, record: Pick<aws.route53.RecordArgs, "name" | "type" | "records">) {
      const wanted: aws.route53.RecordArgs = { ...record, zoneId: zone.zoneId, ttl: TTL };
      return new aws.route53.Record(child, args.transform?.record?.(wanted) ?? wanted, { parent });
    }
  }
}

/** CAA values that let authorities issue certificates, wildcards too (without `issuewild`, `issue` stands for both: RFC 8659). */
export function authorityRecords(authorities: string[]): string[] {
  if (authorities.length === 0) {
    throw new Error(
      "no certificate authority may issue certificates for the zone, so ACM could not either. " +
        'Name at least "amazon.com" in dns:certificateAuthorities.',
    );
  }
  return [...new Set(authorities)].sort().map((authority) => `0 issue "${authority}"`);
}

function refuseForeignNames(domain: string, delegations: Delegation[]): void {
  const foreign = delegations.filter((each) => !each.domain.endsWith(`.${domain}`)).map((each) => each.domain);
  if (foreign.length > 0) {
    throw new Error(`zone ${domain} can't delegate ${foreign.join(", ")}: only names below it are its own.`);
  }
}
