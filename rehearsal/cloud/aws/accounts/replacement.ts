import type { Replacements } from "../../models/model.ts";
import { generallyKnown, REGION } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const accountReplacement: Record<string, Replacements> = {
  "aws:budgets/budget:Budget": { source: generallyKnown("budgets/budget.go"), properties: ["name", "namePrefix", "accountId"] },
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": {
    source: generallyKnown("ce/anomaly_monitor.go"),
    properties: ["monitorType", "monitorDimension", "monitorSpecification"],
  },
  "aws:costexplorer/anomalySubscription:AnomalySubscription": {
    source: generallyKnown("ce/anomaly_subscription.go"),
    properties: ["name", "accountId"],
  },
  "aws:ebs/encryptionByDefault:EncryptionByDefault": {
    source: generallyKnown("ec2/ebs_encryption_by_default.go"),
    properties: [REGION],
  },
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": {
    source: generallyKnown("ec2/ebs_snapshot_block_public_access.go"),
    properties: [REGION],
  },
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": {
    source: generallyKnown("ec2/ec2_instance_metadata_defaults.go"),
    properties: [REGION],
  },
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": {
    source: generallyKnown("s3control/account_public_access_block.go"),
    properties: ["accountId"],
  },
  "aws:accessanalyzer/analyzer:Analyzer": {
    source: generallyKnown("accessanalyzer/analyzer.go"),
    properties: [REGION, "analyzerName", "type"],
  },
};
