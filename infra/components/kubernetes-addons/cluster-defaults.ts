import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PREVIEW_GROUP } from "../kubernetes/access.ts";
import { previewRules } from "./tenant-role.ts";

/** Arguments of {@link ClusterDefaults}. */
export interface ClusterDefaultsArgs {
  /** Stands before names that belong to no namespace, for example `acme`. */
  prefix: string;
  /** ARN of the key that encrypts volumes. The cluster's own role must be allowed to use it. */
  dataKeyArn: pulumi.Input<string>;
  /** Whether claims that name no storage class get ours. A cluster must not have two such classes. @default true */
  defaultStorage?: boolean;
  /**
   * Whether we switch network policies on. Under Auto Mode they are accepted but not enforced until a ConfigMap says so; leave it
   * out where someone else made that ConfigMap. @default true
   */
  enforceNetworkPolicies?: boolean;
  /** Last word on each child's arguments. */
  transform?: {
    storageClass?: (args: kubernetes.storage.v1.StorageClassArgs) => kubernetes.storage.v1.StorageClassArgs;
  };
}

/**
 * What an EKS Auto Mode cluster lacks before anything should run on it: an encrypted storage class, enforced network policies,
 * priorities, and eyes for CI's read-only role.
 *
 * Cost a month: nothing. Volumes of the storage class are $0.08/GiB (gp3, us-east-1).
 *
 * @example
 * new ClusterDefaults("addons", { prefix: "acme", dataKeyArn }, { providers });
 */
export class ClusterDefaults extends pulumi.ComponentResource {
  /** Storage class for volumes: gp3, encrypted. */
  declare readonly storageClass: pulumi.Output<string>;
  /** Priority class of services that face users. */
  declare readonly servicePriorityClass: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    storageClass: kubernetes.storage.v1.StorageClass;
    priorityClasses: { service: kubernetes.scheduling.v1.PriorityClass; background: kubernetes.scheduling.v1.PriorityClass };
    networkPolicySwitch: kubernetes.core.v1.ConfigMap | undefined;
    previewRole: kubernetes.rbac.v1.ClusterRole;
  };

  constructor(name: string, args: ClusterDefaultsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:ClusterDefaults", name, {}, opts);
    const parent = this;
    const { prefix } = args;

    const storageClass = createStorageClass();
    const service = createPriority("service", 100_000, "Faces users: may push background work off a full node.");
    const background = createPriority("background", 1_000, "Can wait: pushes nothing off, and is pushed off first.", "Never");
    const networkPolicySwitch = (args.enforceNetworkPolicies ?? true) ? enforceNetworkPolicies() : undefined;
    const previewRole = letPreviewRead();

    this.storageClass = storageClass.metadata.name;
    this.servicePriorityClass = service.metadata.name;
    this.nodes = { storageClass, priorityClasses: { service, background }, networkPolicySwitch, previewRole };
    this.registerOutputs({ storageClass: this.storageClass, servicePriorityClass: this.servicePriorityClass });

    function createStorageClass() {
      const wanted: kubernetes.storage.v1.StorageClassArgs = {
        metadata: {
          name: `${prefix}-gp3`,
          annotations: { "storageclass.kubernetes.io/is-default-class": String(args.defaultStorage ?? true) },
        },
        // Auto Mode's own; volumes of the plain EBS driver can't be taken over (EKS user guide, "Create a storage class").
        provisioner: "ebs.csi.eks.amazonaws.com",
        parameters: { type: "gp3", encrypted: "true", kmsKeyId: args.dataKeyArn },
        // A volume is in one zone: it waits to learn where its pod goes.
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
        reclaimPolicy: "Delete",
      };
      return new kubernetes.storage.v1.StorageClass(name, args.transform?.storageClass?.(wanted) ?? wanted, {
        parent,
        ...madeAnewOn("reclaimPolicy", "volumeBindingMode"), // volumes that there are keep what they were made with
      });
    }

    /** Neither is for all pods by default: what says nothing has priority 0, below both. */
    function createPriority(kind: string, value: number, description: string, preemptionPolicy?: "Never") {
      return new kubernetes.scheduling.v1.PriorityClass(
        `${name}-${kind}`,
        { metadata: { name: `${prefix}-${kind}` }, value, description, preemptionPolicy },
        { parent, ...madeAnewOn("preemptionPolicy", "value") }, // pods that run keep the priority that they have
      );
    }

    /** EKS user guide, "Use Network Policies with EKS Auto Mode", step 1. The built-in node classes enforce them then. */
    function enforceNetworkPolicies() {
      return new kubernetes.core.v1.ConfigMap(
        `${name}-network-policies`,
        {
          metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
          data: { "enable-network-policy-controller": "true" },
        },
        { parent },
      );
    }

    function letPreviewRead() {
      const apiGroup = "rbac.authorization.k8s.io";
      const metadata = { name: `${prefix}-preview` };
      const role = new kubernetes.rbac.v1.ClusterRole(`${name}-preview`, { metadata, rules: [...previewRules] }, { parent });
      new kubernetes.rbac.v1.ClusterRoleBinding(
        `${name}-preview`,
        {
          metadata,
          roleRef: { apiGroup, kind: "ClusterRole", name: role.metadata.name },
          subjects: [{ apiGroup, kind: "Group", name: PREVIEW_GROUP }],
        },
        { parent },
      );
      return role;
    }
  }
}

/** The API server refuses to change these in place. The name is ours, so the old object goes first. */
function madeAnewOn(...replaceOnChanges: string[]) {
  return { replaceOnChanges, deleteBeforeReplace: true };
}
