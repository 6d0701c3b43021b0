import type { Provider } from "@fairway/engine";
import { genericProvider } from "../models/generic.ts";
import { constructVpc } from "./vpc.ts";

/** The one version whose components are emulated; another may name or lay out its children otherwise. */
export const AWSX_VERSION = "3.9.0";

/** awsx: `awsx:ec2:Vpc` is emulated, its other components are refused. */
export function awsxProvider(): Provider {
  const provider: Provider = {
    ...genericProvider("awsx"),
    configure: async () => provider,
    async construct(request, host) {
      if (request.type !== "awsx:ec2:Vpc") {
        throw new Error(
          `${request.type} "${request.name}" is not rehearsed: of awsx only awsx:ec2:Vpc is. Use the aws package's resources instead.`,
        );
      }
      if (request.version !== "" && request.version !== AWSX_VERSION) {
        throw new Error(
          `awsx:ec2:Vpc "${request.name}" asks for awsx ${request.version}, but the rehearsal emulates ${AWSX_VERSION}: ` +
            `another version may lay out subnets otherwise. Pin @pulumi/awsx to ${AWSX_VERSION}, or teach rehearsal/cloud/awsx the new one.`,
        );
      }
      return constructVpc(request, host);
    },
  };
  return provider;
}
