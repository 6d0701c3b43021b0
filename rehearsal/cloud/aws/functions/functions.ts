import type { PropertyMap } from "@fairway/engine";
import type { Place } from "../../models/model.ts";
import { type FunctionAnswer, good } from "./answer.ts";
import { availabilityZones } from "./availability-zones.ts";
import { policyDocumentOf } from "./policy-document.ts";
import { managedPrefixList, prefixList } from "./prefix-lists.ts";
import { serviceAccount } from "./service-account.ts";

/** Functions of the aws package that are rehearsed, by token: those that need no look into an account. */
export function awsFunctions(place: () => Place): Map<string, (args: PropertyMap) => FunctionAnswer> {
  const at = (args: PropertyMap): Place => (typeof args.region === "string" ? { ...place(), region: args.region } : place());
  return new Map<string, (args: PropertyMap) => FunctionAnswer>([
    ["aws:index/getCallerIdentity:getCallerIdentity", () => good(callerIdentity(place()))],
    ["aws:index/getRegion:getRegion", (args) => good(region(at(args), args))],
    ["aws:index/getPartition:getPartition", () => good(partition(place()))],
    ["aws:index/getAvailabilityZones:getAvailabilityZones", (args) => good(availabilityZones(at(args), args))],
    ["aws:iam/getPolicyDocument:getPolicyDocument", policyDocumentOf],
    ["aws:elb/getServiceAccount:getServiceAccount", (args) => serviceAccount(at(args))],
    ["aws:ec2/getManagedPrefixList:getManagedPrefixList", (args) => managedPrefixList(at(args), args)],
    ["aws:ec2/getPrefixList:getPrefixList", (args) => prefixList(at(args), args)],
  ]);
}

function callerIdentity({ partition, accountId }: Place): PropertyMap {
  return {
    accountId,
    arn: `arn:${partition}:sts::${accountId}:assumed-role/rehearsal/rehearsal`,
    id: accountId,
    userId: "AROAREHEARSALREHEARSAL:rehearsal",
  };
}

function region(place: Place, args: PropertyMap): PropertyMap {
  const name = typeof args.name === "string" ? args.name : place.region;
  return { description: name, endpoint: `ec2.${name}.${place.dnsSuffix}`, id: name, name, region: name };
}

function partition({ partition, dnsSuffix }: Place): PropertyMap {
  return { dnsSuffix, id: partition, partition, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
}
