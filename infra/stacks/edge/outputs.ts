import { stackOutputs } from "@fairway/components";
import { z } from "zod";

const loadBalancer = z.object({
  arn: z.string(),
  /** Dimension LoadBalancer of its metrics, for example `app/edge-public/50dc6c495c0c9188`. */
  arnSuffix: z.string(),
  dnsName: z.string(),
  /** Hosted zone of `dnsName`, for alias records. */
  zoneId: z.string(),
  /** The HTTPS listener, to which services' rules belong. */
  listenerArn: z.string(),
  /** What a service lets in. */
  securityGroupId: z.string(),
  /** Host name that leads here; so does every name one level below it. */
  host: z.string(),
});

/** The edge of an environment: its load balancers. */
export const edge = stackOutputs(
  "edge",
  z.object({
    public: loadBalancer,
    /** Null when settings ask for none. Pulumi may leave a null output out of state. */
    internal: loadBalancer.nullable().default(null),
  }),
);
