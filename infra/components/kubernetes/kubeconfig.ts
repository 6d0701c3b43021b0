import { sortedJson } from "../documents/json.ts";

/** Where a cluster's API is, and how it is known. */
export interface ClusterAddress {
  clusterName: string;
  /** HTTPS address of its API. */
  endpoint: string;
  /** Base64. */
  certificateAuthority: string;
  region: string;
}

/**
 * A kubeconfig as JSON text, which every Kubernetes client reads: it asks the AWS CLI for a token each time, so that nothing in it
 * is secret and nothing goes stale in a state. The CLI must be where it is used.
 *
 * @example
 * const text = pulumi.all([cluster.clusterName, …]).apply(([clusterName, …]) => kubeconfig({ clusterName, …, region }));
 */
export function kubeconfig({ clusterName, endpoint, certificateAuthority, region }: ClusterAddress): string {
  return sortedJson({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: clusterName, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
    contexts: [{ name: clusterName, context: { cluster: clusterName, user: clusterName } }],
    "current-context": clusterName,
    users: [
      {
        name: clusterName,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", clusterName, "--region", region],
          },
        },
      },
    ],
  });
}
