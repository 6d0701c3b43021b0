import { Certificate, checkPlace, HostedZone } from "@fairway/components";
import { environmentDomain, environmentOf, isProvided, type Platform } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { delegationsOf } from "./delegations.ts";
import { dns as outputs } from "./outputs.ts";

/** The names of an environment. A zone and certificate that exist are passed on as they stand in settings, and nothing is created. */
export default function dns(settings: Platform = platform) {
  const environment = environmentOf(settings, pulumi.getStack());
  checkPlace(environment);
  const domain = environmentDomain(settings, environment);
  if (isProvided(environment.dns)) {
    const { zoneId, certificateArn } = environment.dns;
    return outputs.produce({ zoneId, domain, nameServers: [], certificateArn });
  }

  const config = new pulumi.Config();
  const zone = new HostedZone("dns", {
    domain,
    delegations: delegationsOf(settings, environment),
    certificateAuthorities: config.getObject<string[]>("certificateAuthorities"),
    protect: environment.protect,
  });
  const { edge } = environment;
  const certificate = new Certificate("dns", {
    domain,
    // The internal load balancer's names are two levels below the domain, which the domain's own wildcard does not cover.
    below: !isProvided(edge) && edge.internal ? ["internal"] : [],
    zoneId: zone.zoneId,
    delegated: environment.dns.nameServers.length > 0,
  });
  return outputs.produce({
    zoneId: zone.zoneId,
    domain,
    nameServers: zone.nameServers,
    certificateArn: certificate.validatedArn,
  });
}
