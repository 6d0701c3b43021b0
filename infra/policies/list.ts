import { everythingOnEverything } from "./identity/everything-on-everything.ts";
import { noStandingKeys } from "./identity/no-standing-keys.ts";
import { policySizes } from "./identity/policy-size.ts";
import { roleBoundary } from "./identity/role-boundary.ts";
import { wildcardTrust } from "./identity/wildcard-trust.ts";
import { clusterAdmin } from "./kubernetes/cluster-admin.ts";
import { disruptionBudget } from "./kubernetes/disruption-budget.ts";
import { podNotPrivileged } from "./kubernetes/pod-not-privileged.ts";
import { podNotRoot } from "./kubernetes/pod-not-root.ts";
import { podProbes } from "./kubernetes/pod-probes.ts";
import { podReadOnlyRoot } from "./kubernetes/pod-read-only-root.ts";
import { podResources } from "./kubernetes/pod-resources.ts";
import { podSpread } from "./kubernetes/pod-spread.ts";
import { backups } from "./lifecycle/backups.ts";
import { deletionProtection } from "./lifecycle/deletion-protection.ts";
import { protect } from "./lifecycle/protect.ts";
import { clusterEndpoint } from "./network/cluster-endpoint.ts";
import { httpsOnly } from "./network/https-only.ts";
import { ingressFromAnywhere } from "./network/ingress-from-anywhere.ts";
import { listenerRules } from "./network/listener-rules.ts";
import { oneEdge } from "./network/one-edge.ts";
import { alarmAction } from "./observability/alarm-action.ts";
import { alarmMetric } from "./observability/alarm-metric.ts";
import { alarmRunbook } from "./observability/alarm-runbook.ts";
import { compositeChildren } from "./observability/composite-children.ts";
import { logRetention } from "./observability/log-retention.ts";
import { regions } from "./placement/regions.ts";
import { tags } from "./placement/tags.ts";
import { noPlaintextSecret } from "./secrets/no-plaintext-secret.ts";
import { bucketNotPublic } from "./storage/bucket-not-public.ts";
import { encryptedAtRest } from "./storage/encrypted-at-rest.ts";
import { storeNotPublic } from "./storage/store-not-public.ts";
import { deploymentUndo } from "./tasks/deployment-undo.ts";
import { taskLimits } from "./tasks/task-limits.ts";
import { taskLogs } from "./tasks/task-logs.ts";
import { taskNotPrivileged } from "./tasks/task-not-privileged.ts";
import { taskNotRoot } from "./tasks/task-not-root.ts";
import { taskReadOnlyRoot } from "./tasks/task-read-only-root.ts";
import type { Policy } from "./types.ts";
import { imageByDigest } from "./workloads/image-by-digest.ts";

/** Every rule, in the order in which reports show them. */
export const policies: readonly Policy[] = [
  // What leaks or loses data
  noPlaintextSecret,
  bucketNotPublic,
  storeNotPublic,
  ingressFromAnywhere,
  clusterEndpoint,
  encryptedAtRest,
  backups,
  deletionProtection,
  protect,
  // Who may do what
  everythingOnEverything,
  wildcardTrust,
  roleBoundary,
  noStandingKeys,
  policySizes,
  clusterAdmin,
  // How traffic comes in
  httpsOnly,
  oneEdge,
  listenerRules,
  // What runs
  imageByDigest,
  taskNotPrivileged,
  taskNotRoot,
  taskReadOnlyRoot,
  taskLimits,
  taskLogs,
  deploymentUndo,
  podNotPrivileged,
  podNotRoot,
  podReadOnlyRoot,
  podResources,
  podProbes,
  disruptionBudget,
  podSpread,
  // What tells, and where everything is
  alarmAction,
  alarmRunbook,
  alarmMetric,
  compositeChildren,
  logRetention,
  regions,
  tags,
];
