import type { Model } from "../../models/model.ts";
import { accessModels } from "./access.ts";
import { clusterModel } from "./cluster.ts";
import { workloadModels } from "./workloads.ts";

/** EKS: clusters, who may use them, and what runs on them with AWS's help. */
export const kubernetesModels: Model[] = [clusterModel, ...accessModels, ...workloadModels];
