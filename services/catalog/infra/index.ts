import service from "@fairway/catalog/service";
import { checkPlace, FargateService, pinnedImage, teamAlerting } from "@fairway/components";
import { ecs } from "@fairway/ecs/outputs";
import { edge } from "@fairway/edge/outputs";
import { network } from "@fairway/network/outputs";
import { observability } from "@fairway/observability/outputs";
import { forEnvironment } from "@fairway/service";
import { defaultTags, environmentOf, repositoryUrl, roleDefaults, type Platform } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { catalog as outputs } from "./outputs.ts";

/** The catalogue service in an environment, as its contract declares it. */
export default function catalog(settings: Platform = platform) {
  const environment = environmentOf(settings, pulumi.getStack());
  checkPlace(environment);
  const contract = forEnvironment(service, environment.name);
  const { account, region } = environment;

  const image = pinnedImage(new pulumi.Config().get("image"), {
    project: pulumi.getProject(),
    stack: environment.name,
    repository: repositoryUrl(settings, contract.name),
  });
  const fargate = new FargateService(contract.name, {
    contract,
    image,
    place: { account, region },
    platform: settings.name,
    environment: environment.name,
    network: network.read(),
    edge: edge.read(),
    cluster: ecs.read(),
    alerting: teamAlerting(settings, contract.owner, observability.read().topics),
    logDays: environment.observability.logDays,
    roles: roleDefaults(settings, environment, contract.owner),
    tags: defaultTags(settings, environment, { team: contract.owner, service: contract.name }),
  });
  return outputs.produce({
    serviceName: fargate.serviceName,
    url: fargate.url,
    targetGroupArn: fargate.targetGroupArn,
  });
}
