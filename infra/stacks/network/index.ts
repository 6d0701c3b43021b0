import { checkPlace, Network } from "@fairway/components";
import { type Environment, environmentOf, isProvided, type Platform, roleDefaults } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { network as outputs } from "./outputs.ts";

/** The network of an environment. One that exists is passed on as it stands in settings, and nothing is created. */
export default function network(settings: Platform = platform) {
  const environment = environmentOf(settings, pulumi.getStack());
  checkPlace(environment);
  if (isProvided(environment.network)) return outputs.produce(environment.network);

  refuseDistantRegistry(settings, environment);
  const config = new pulumi.Config();
  const own = new Network("network", {
    environment,
    roles: roleDefaults(settings, environment, "platform"),
    interfaceEndpoints: config.getObject<string[]>("interfaceEndpoints"),
    flowLogDays: config.getNumber("flowLogDays"),
  });
  return outputs.produce({
    vpcId: own.vpcId,
    cidr: environment.cidr,
    publicSubnetIds: own.publicSubnetIds,
    privateSubnetIds: own.privateSubnetIds,
    isolatedSubnetIds: own.isolatedSubnetIds,
  });
}

/** Endpoints lead to AWS's services in their own region only: without NAT, images of another region can't be pulled. */
function refuseDistantRegistry({ registry }: Platform, { name, nat, region }: Environment): void {
  if (nat !== "none" || registry.region === region) return;
  throw new Error(
    `environment ${name} has no NAT, and the registry is in ${registry.region}: from ${region} its images could be reached by no endpoint. ` +
      `Set \`nat\` of environments.${name} to "single" in platform.config.ts, or give \`registry\` the region ${region}.`,
  );
}
