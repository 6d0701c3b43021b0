import { isMap, type PropertyMap, unknown } from "@fairway/engine";
import type { Fail } from "../../models/model.ts";
import { ipv4Range, parseRange } from "../../rules/cidr.ts";
import { arnOf, show } from "../../rules/text.ts";
import { at } from "./auto-mode.ts";

/** Quotas of a cluster (EKS user guide, "View and manage Amazon EKS service quotas"). */
const MAX_PUBLIC_RANGES = 40;
const MAX_SECURITY_GROUPS = 5;

/** Private ranges, of which a service range is made (EKS API reference, KubernetesNetworkConfigRequest). */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => parseRange(range)!);

/** Refuses a setting that is none of a few; one that is absent or not yet known passes. */
export function onlyOneOf(inputs: PropertyMap, path: [string, string], allowed: string[], fail: Fail): void {
  const value = at(inputs, path.join("."));
  if (value === undefined || value === unknown || allowed.includes(value as string)) return;
  fail(path.join("."), `${show(value)} is not allowed. Use one of ${allowed.join(", ")}.`);
}

/** EKS API reference, VpcConfigRequest. */
export function checkSubnetsAndEndpoint({ vpcConfig: vpc }: PropertyMap, fail: Fail): void {
  if (!isMap(vpc)) return;
  const { subnetIds, securityGroupIds, publicAccessCidrs } = vpc;
  if (subnetIds === undefined) fail("vpcConfig.subnetIds", "is required. Name subnets in two zones at least.");
  if (Array.isArray(subnetIds) && !subnetIds.includes(unknown) && new Set(subnetIds).size < 2) {
    fail("vpcConfig.subnetIds", "has under two subnets; EKS needs some in two zones at least. Add one in another zone.");
  }
  if (Array.isArray(securityGroupIds) && securityGroupIds.length > MAX_SECURITY_GROUPS) {
    fail("vpcConfig.securityGroupIds", `has ${securityGroupIds.length} groups, at most ${MAX_SECURITY_GROUPS} are allowed.`);
  }
  if (vpc.endpointPublicAccess === false && vpc.endpointPrivateAccess !== true && vpc.endpointPrivateAccess !== unknown) {
    fail(
      "vpcConfig.endpointPrivateAccess",
      "is off with the public endpoint off too: nothing could reach the API. Set it to true.",
    );
  }
  if (!Array.isArray(publicAccessCidrs)) return;
  if (publicAccessCidrs.length > MAX_PUBLIC_RANGES) {
    fail("vpcConfig.publicAccessCidrs", `has ${publicAccessCidrs.length} ranges, at most ${MAX_PUBLIC_RANGES} are allowed.`);
  }
  for (const [index, range] of publicAccessCidrs.entries()) {
    const isIpv6 = typeof range === "string" && range.includes(":");
    const reason = range === unknown || isIpv6 ? undefined : ipv4Range(0, 32)(range, {});
    if (reason) fail(`vpcConfig.publicAccessCidrs[${index}]`, reason);
  }
}

/** EKS API reference, EncryptionConfig. */
export function checkEncryption({ encryptionConfig: encryption }: PropertyMap, fail: Fail): void {
  if (!isMap(encryption)) return;
  const { resources, provider } = encryption;
  if (Array.isArray(resources) && !resources.includes(unknown) && !(resources.length === 1 && resources[0] === "secrets")) {
    fail("encryptionConfig.resources", `${show(resources)} is not allowed. Use ["secrets"].`);
  }
  const key = isMap(provider) ? provider.keyArn : provider;
  if (key === unknown) return;
  const reason = arnOf("kms")(key ?? "", {});
  if (reason) fail("encryptionConfig.provider.keyArn", reason);
}

/** EKS API reference, KubernetesNetworkConfigRequest. */
export function checkNetworkOfServices(inputs: PropertyMap, fail: Fail): void {
  onlyOneOf(inputs, ["kubernetesNetworkConfig", "ipFamily"], ["ipv4", "ipv6"], fail);
  const path = "kubernetesNetworkConfig.serviceIpv4Cidr";
  const services = at(inputs, path);
  if (services === undefined || services === unknown) return;
  const reason = ipv4Range(12, 24)(services, inputs);
  if (reason) return fail(path, reason);
  const range = parseRange(String(services))!;
  if (!PRIVATE.some(({ first, size }) => range.first >= first && range.first + range.size <= first + size)) {
    fail(path, `${show(services)} is not private. Use a range in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.`);
  }
}
