import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../../documents/json.ts";
import { type DashboardScope, platformSections } from "./platform-sections.ts";
import { dashboardBody, type Section } from "./widgets.ts";

/** Arguments of {@link PlatformDashboard}. */
export interface PlatformDashboardArgs extends DashboardScope {
  region: string;
  /** Unique in the account, for example `acme-dev`. */
  dashboardName: string;
  /** Rows of a fork's own, below ours. @default none */
  sections?: Section[];
  /** Last word on each child's arguments. */
  transform?: { dashboard?: (args: aws.cloudwatch.DashboardArgs) => aws.cloudwatch.DashboardArgs };
}

/**
 * The first page to open when something is wrong: edge, services, runtimes and what they stand on, of one environment.
 *
 * It shows all load balancers of its account and region: environments that share both share the upper graphs.
 *
 * Cost a month: an account's first three dashboards nothing, each further one $3.
 */
export class PlatformDashboard extends pulumi.ComponentResource {
  declare readonly dashboardName: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { dashboard: aws.cloudwatch.Dashboard };

  constructor(name: string, args: PlatformDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:PlatformDashboard", name, {}, opts);

    const sections = [...platformSections(args), ...(args.sections ?? [])];
    const wanted: aws.cloudwatch.DashboardArgs = {
      dashboardName: args.dashboardName,
      dashboardBody: jsonDocument(dashboardBody(sections, args.region)),
    };
    const dashboard = new aws.cloudwatch.Dashboard(name, args.transform?.dashboard?.(wanted) ?? wanted, { parent: this });

    this.dashboardName = dashboard.dashboardName;
    this.nodes = { dashboard };
    this.registerOutputs({ dashboardName: this.dashboardName });
  }
}
