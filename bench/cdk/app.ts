/** The platform as a CDK app: four stacks in each of three environments, from constructs of level 2 where those make the same resources. */
import { App, type Environment as CdkEnvironment, Tags } from "aws-cdk-lib";
import { environments } from "./environments.ts";
import { CatalogStack } from "./stacks/catalog.ts";
import { EcsStack } from "./stacks/ecs.ts";
import { EdgeStack } from "./stacks/edge.ts";
import { NetworkStack } from "./stacks/network.ts";

const app = new App();
for (const environment of environments) {
  const env: CdkEnvironment = { account: environment.account, region: environment.region };
  const name = (project: string) => `${project}-${environment.name}`;
  const network = new NetworkStack(app, name("network"), environment, { env });
  const edge = new EdgeStack(app, name("edge"), environment, network, { env });
  const ecs = new EcsStack(app, name("ecs"), environment, network, { env });
  const catalog = new CatalogStack(app, name("catalog"), environment, { network, edge, ecs }, { env });
  for (const stack of [network, edge, ecs, catalog]) {
    Tags.of(stack).add("platform", "acme");
    Tags.of(stack).add("environment", environment.name);
  }
  Tags.of(catalog).add("team", "shopping");
  Tags.of(catalog).add("service", "catalog");
}
