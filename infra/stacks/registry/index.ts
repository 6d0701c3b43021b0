import { checkPlace, ImageRepository, RecordTable } from "@fairway/components";
import { type Platform, recordTable, scopeOf, SHARED } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { imageAccess, recordAccess } from "./access.ts";
import { registry as outputs } from "./outputs.ts";

/** What all environments share: a repository for each service's images, and the table of deployment records. */
export default function registry(settings: Platform = platform) {
  const stack = pulumi.getStack();
  if (stack !== SHARED) {
    throw new Error(`registry has one stack, "${SHARED}", for all environments; "${stack}" is none. Select that one.`);
  }
  checkPlace(scopeOf(settings, SHARED));
  const config = new pulumi.Config();
  const protect = config.getBoolean("protect") ?? true;

  const repositories = services().map((service) => {
    const repository = new ImageRepository(service, {
      repositoryName: `${settings.name}/${service}`,
      access: imageAccess(settings),
      untaggedDays: config.getNumber("untaggedDays"),
      protect,
    });
    return [service, repository.url] as const;
  });
  const records = new RecordTable("deployments", { table: recordTable(settings), access: recordAccess(settings), protect });
  return outputs.produce({ repositories: pulumi.output(Object.fromEntries(repositories)), recordTableArn: records.arn });

  function services(): string[] {
    const listed = config.requireObject<string[]>("services");
    const twice = listed.find((service, index) => listed.indexOf(service) !== index);
    if (twice !== undefined) throw new Error(`registry:services names "${twice}" twice. Name each service once.`);
    return [...listed].sort();
  }
}
