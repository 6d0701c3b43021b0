import { expect, test } from "vitest";
import { kubeconfig } from "./kubeconfig.ts";

const address = {
  clusterName: "acme-dev",
  endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
  certificateAuthority: "LS0tLS1CRUdJTg==",
  region: "eu-west-1",
};

/** The one user, cluster and context that the current context leads to. */
function followed(text: string) {
  const config = JSON.parse(text);
  const named = (list: { name: string }[], name: string) => list.find((each) => each.name === name);
  const { context } = named(config.contexts, config["current-context"]) as any;
  return {
    cluster: (named(config.clusters, context.cluster) as any).cluster,
    user: (named(config.users, context.user) as any).user,
  };
}

test("a kubeconfig leads to the cluster, whose certificate it knows", () => {
  expect(followed(kubeconfig(address)).cluster).toEqual({
    server: address.endpoint,
    "certificate-authority-data": address.certificateAuthority,
  });
});

test("a kubeconfig holds no credentials: the AWS CLI is asked for a token of that cluster in its region", () => {
  expect(followed(kubeconfig(address)).user).toEqual({
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", "acme-dev", "--region", "eu-west-1"],
    },
  });
});

test("a kubeconfig is one text for one cluster, however the address was put together, so that no provider is replaced for nothing", () => {
  const reversed = Object.fromEntries(Object.entries(address).toReversed()) as typeof address;
  expect(kubeconfig(reversed)).toBe(kubeconfig(address));
  expect(Object.keys(JSON.parse(kubeconfig(address)))).toEqual(Object.keys(JSON.parse(kubeconfig(address))).toSorted());
});
