import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/** The names of an environment: its hosted zone and the certificate for them. */
export const dns = stackOutputs(
  "dns",
  z.object({
    zoneId: z.string(),
    /** The environment's domain, for example `dev.acme.example`. */
    domain: z.string(),
    /** What the zone above must name; empty for a zone that is provided. */
    nameServers: z.array(z.string()),
    /** Validated, for `domain` and `*.domain`; null until the zone above names this zone's name servers (see the README). */
    certificateArn: z.string().nullable().default(null),
  }),
);
