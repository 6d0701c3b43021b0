import type { Change, Replacements } from "../../models/model.ts";
import { REGION, generallyKnown, read } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const certificateReplacement: Record<string, Replacements> = {
  "aws:acm/certificate:Certificate": {
    source: read("acm/certificate.go"),
    properties: [
      REGION,
      "certificateAuthorityArn",
      "domainName",
      "keyAlgorithm",
      "subjectAlternativeNames",
      "validationMethod",
      "validationOptions",
    ],
    // Exportability is fixed when the certificate is requested; transparency logging changes in place.
    sometimes: { options: changesExport },
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    source: generallyKnown("acm/certificate_validation.go"),
    properties: [REGION, "certificateArn", "validationRecordFqdns"],
  },
};

function changesExport({ oldValue, newValue }: Change): boolean {
  const exported = (options: unknown) => (options as { export?: string } | undefined)?.export ?? "DISABLED";
  return exported(oldValue) !== exported(newValue);
}
