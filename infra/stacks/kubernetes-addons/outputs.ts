import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/** What workloads on the cluster stand on. */
export const kubernetesAddons = stackOutputs(
  "kubernetes-addons",
  z.object({
    /** Namespace by team: where its services' objects go. */
    namespaces: z.record(z.string(), z.string()),
    /** Priority class of services that face users. */
    servicePriorityClass: z.string(),
    /** Storage class for volumes: gp3, encrypted with the environment's data key. */
    storageClass: z.string(),
    /** OTLP over HTTP inside the cluster, for example `http://cloudwatch-agent.amazon-cloudwatch:4318`. */
    otlpEndpoint: z.string(),
  }),
);
