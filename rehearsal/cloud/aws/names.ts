import type { PropertyMap } from "@fairway/engine";
import type { Making, Place } from "../models/model.ts";

/** An ARN of a regional service in the place's account: `arn:aws:ecs:eu-west-1:123456789012:cluster/main`. */
export function arn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** An ARN without a region: IAM. */
export function globalArn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}::${place.accountId}:${resource}`;
}

/** An EC2 id: a prefix and 17 hexadecimal digits beginning with 0, such as `vpc-0123456789abcdef0`. */
export function ec2Id(making: Making, prefix: string): string {
  return `${prefix}-0${making.hex(prefix, 16)}`;
}

/** A UUID of version 4's shape. */
export function uuid(making: Making, label: string): string {
  const digits = making.hex(label, 32);
  const variant = "89ab"[parseInt(digits[16]!, 16) % 4];
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** Capital letters and digits, as IAM's and Route 53's ids are made of. */
export function capitals(making: Making, label: string, length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return Array.from({ length }, (_, index) => alphabet[making.number(`${label}.${index}`, alphabet.length)]).join("");
}

/** A string input that {@link Model} code relies on; empty when it is absent or not text. */
export function text(inputs: PropertyMap, property: string): string {
  const value = inputs[property];
  return typeof value === "string" ? value : "";
}

/** The part of an ARN after its last `/` or `:`. */
export function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf(":")) + 1);
}
