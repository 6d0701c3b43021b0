import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AUDIENCE, GITHUB_ISSUER } from "./github-trust.ts";

/** Arguments of {@link GitHubProvider}. */
export interface GitHubProviderArgs {
  /** Protects the provider from deletion: without it CI can't do anything in the account. */
  protect: boolean;
}

/**
 * GitHub as an identity provider of an account, so that CI needs no stored keys. An account can have it once.
 *
 * No thumbprints: for GitHub AWS checks the certificate against authorities that it trusts itself.
 *
 * Cost: nothing.
 */
export class GitHubProvider extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly nodes: { provider: aws.iam.OpenIdConnectProvider };

  constructor(name: string, args: GitHubProviderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:GitHubProvider", name, {}, opts);
    const provider = new aws.iam.OpenIdConnectProvider(
      name,
      { url: `https://${GITHUB_ISSUER}`, clientIdLists: [AUDIENCE] },
      { parent: this, protect: args.protect },
    );
    this.arn = provider.arn;
    this.nodes = { provider };
    this.registerOutputs({ arn: this.arn });
  }
}
