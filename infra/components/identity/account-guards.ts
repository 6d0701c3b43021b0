import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link AccountGuards}. */
export interface AccountGuardsArgs {
  /** Of the analyzer: `acme-dev`. */
  label: string;
  /** Whether nothing else guards the whole account: what it has once for all regions. */
  account: boolean;
  /** Whether nothing else guards the account in this region. */
  region: boolean;
}

/**
 * What is off in a new account and should be on, whatever is made in it: no public buckets, encrypted disks, no shared snapshots,
 * instance credentials only by session (IMDSv2), and an analyzer that finds what others can reach.
 *
 * Cost: nothing. The analyzer of outside access is free.
 *
 * @example
 * new AccountGuards("guards", { label: "acme-dev", account: true, region: true });
 */
export class AccountGuards extends pulumi.ComponentResource {
  constructor(name: string, args: AccountGuardsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:AccountGuards", name, {}, opts);
    const parent = this;

    if (args.account) refusePublicBuckets();
    if (args.region) {
      encryptDisks();
      keepSnapshots();
      askForSessions();
      analyzeAccess();
    }
    this.registerOutputs({});

    function refusePublicBuckets() {
      new aws.s3.AccountPublicAccessBlock(
        name,
        { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
        { parent },
      );
    }

    function encryptDisks() {
      new aws.ebs.EncryptionByDefault(name, { enabled: true }, { parent });
    }

    function keepSnapshots() {
      new aws.ebs.SnapshotBlockPublicAccess(name, { state: "block-all-sharing" }, { parent });
    }

    function askForSessions() {
      // One hop: a container on an instance does not reach the instance's credentials.
      new aws.ec2.InstanceMetadataDefaults(name, { httpTokens: "required", httpPutResponseHopLimit: 1 }, { parent });
    }

    function analyzeAccess() {
      new aws.accessanalyzer.Analyzer(name, { analyzerName: args.label, type: "ACCOUNT" }, { parent });
    }
  }
}
