/**
 * The platform as a CDK app: nine stacks in each of three environments and two for all, from constructs of level 2 where those make the
 * same resources. What an environment has in another region is a stack of its own.
 */
import { App, type Environment as CdkEnvironment, type Stack, Tags } from "aws-cdk-lib";
import { environments, GLOBAL_REGION, type Scope, shared } from "./environments.ts";
import { AccountStack } from "./stacks/account.ts";
import { GlobalAlertsStack } from "./stacks/alerts.ts";
import { CatalogStack } from "./stacks/catalog.ts";
import { DnsStack } from "./stacks/dns.ts";
import { EcsStack } from "./stacks/ecs.ts";
import { EdgeStack } from "./stacks/edge.ts";
import { KubernetesAddonsStack } from "./stacks/kubernetes-addons.ts";
import { KubernetesStack } from "./stacks/kubernetes.ts";
import { NetworkStack } from "./stacks/network.ts";
import { ObservabilityStack } from "./stacks/observability.ts";
import { RegistryStack } from "./stacks/registry.ts";

const app = new App();

tag(shared, [
  new AccountStack(app, "account-shared", shared, { env: placeOf(shared) }),
  new RegistryStack(app, "registry-shared", shared, { env: placeOf(shared) }),
]);

for (const environment of environments) {
  const env = placeOf(environment);
  const name = (project: string) => `${project}-${environment.name}`;
  const account = new AccountStack(app, name("account"), environment, { env });
  const dns = new DnsStack(app, name("dns"), environment, { env });
  const network = new NetworkStack(app, name("network"), environment, { env });
  const observability = new ObservabilityStack(app, name("observability"), environment, { env });
  const alerts = new GlobalAlertsStack(app, name(`observability-${GLOBAL_REGION}`), environment, observability.bus, {
    env: { ...env, region: GLOBAL_REGION },
  });
  const edge = new EdgeStack(app, name("edge"), environment, { network, dns }, { env });
  const ecs = new EcsStack(app, name("ecs"), environment, network, { env });
  const kubernetes = new KubernetesStack(app, name("kubernetes"), environment, { network, account }, { env });
  const addons = new KubernetesAddonsStack(app, name("kubernetes-addons"), environment, { kubernetes, account }, { env });
  const catalog = new CatalogStack(app, name("catalog"), environment, { network, edge, ecs }, { env });
  tag(environment, [account, dns, network, observability, alerts, edge, ecs, kubernetes, addons, catalog]);
  Tags.of(catalog).add("team", "shopping");
  Tags.of(catalog).add("service", "catalog");
}

function placeOf({ account, region }: Scope): CdkEnvironment {
  return { account, region };
}

function tag({ name }: Scope, stacks: Stack[]): void {
  for (const stack of stacks) {
    Tags.of(stack).add("platform", "acme");
    Tags.of(stack).add("environment", name);
  }
}
