import { DescribeAvailabilityZonesCommand } from "@aws-sdk/client-ec2";
import type { Environment } from "@fairway/settings";
import type { AwsClients } from "../../aws/clients.ts";
import { asking } from "../../aws/explain.ts";
import { type Check, fine, wrong } from "../finding.ts";

/** Whether this account has the zones that settings name: an account may lack one that others have. */
export function zonesCheck({ ec2 }: AwsClients, environment: Environment): Check {
  return {
    name: "zones",
    run: async () => {
      const answer = await asking({ action: "ec2:DescribeAvailabilityZones", on: environment.region }, () =>
        ec2.send(new DescribeAvailabilityZonesCommand({ Filters: [{ Name: "state", Values: ["available"] }] })),
      );
      const present = (answer.AvailabilityZones ?? []).flatMap(({ ZoneName }) => ZoneName ?? []);
      const missing = environment.zones.filter((zone) => !present.includes(zone));
      if (missing.length === 0) return [fine("zones", environment.zones.join(", "))];
      const message = `${missing.join(", ")} not in account ${environment.account}: it has ${present.join(", ")}`;
      return [wrong("zones", message, `Name others in environments.${environment.name}.zones, before the first \`pulumi up\`.`)];
    },
  };
}
