import type { PropertyMap } from "@fairway/engine";
import type { Fail, Making, Model } from "../../models/model.ts";
import { arnOf, list, oneOf, text, unordered } from "../../rules/text.ts";
import { arn, text as textOf, uuid } from "../names.ts";

/** ACM's key algorithms for certificates that it issues, and for those that are imported (ACM API reference, RequestCertificate). */
const ALGORITHMS = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];

/** A domain name, or a wildcard for everything one level below it. */
const domain = text({
  min: 1,
  max: 253,
  pattern: /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i,
  allowed: "a domain name such as acme.example, or *.acme.example",
});

/** Certificates of ACM. One that is requested stays pending until its domains are shown to be ours; the wait is a type of its own. */
export const acmModels: Model[] = [
  {
    type: "aws:acm/certificate:Certificate",
    rules: {
      domainName: domain,
      // 10 names in all by default, 100 at most (ACM quotas); the domain's own is one of them.
      subjectAlternativeNames: list({ max: 99 }, domain),
      validationMethod: oneOf("DNS", "EMAIL", "HTTP", "NONE"),
      keyAlgorithm: oneOf(...ALGORITHMS),
      certificateAuthorityArn: arnOf("acm-pca"),
    },
    validate: checkOrigin,
    same: { subjectAlternativeNames: unordered },
    id: (making) => arn(making.place, "acm", `certificate/${uuid(making, "certificate")}`),
    outputs: (made) => ({
      arn: made.id,
      domainValidationOptions: validationOptions(made, made.inputs),
      keyAlgorithm: made.inputs.keyAlgorithm ?? "RSA_2048",
      notAfter: "",
      notBefore: "",
      pendingRenewal: false,
      renewalEligibility: "INELIGIBLE",
      renewalSummaries: [],
      status: "PENDING_VALIDATION",
      type: made.inputs.certificateBody === undefined ? "AMAZON_ISSUED" : "IMPORTED",
      validationEmails: [],
    }),
  },
  {
    type: "aws:acm/certificateValidation:CertificateValidation",
    rules: { certificateArn: arnOf("acm"), validationRecordFqdns: list({ max: 100 }) },
    // The provider's id is when the certificate was issued.
    id: () => "2026-01-01 00:00:00 +0000 UTC",
  },
];

/** Requested from ACM for a domain, or imported with its key: one of the two. */
function checkOrigin(inputs: PropertyMap, fail: Fail): void {
  const { domainName, certificateBody, privateKey, validationMethod, certificateAuthorityArn } = inputs;
  if (certificateBody === undefined && domainName === undefined)
    fail(
      "domainName",
      "is required for a certificate that is requested. Set it, or certificateBody and privateKey to import one.",
    );
  if (certificateBody !== undefined && domainName !== undefined)
    fail("domainName", "is not for a certificate that is imported. Remove it, or certificateBody.");
  if (certificateBody !== undefined && privateKey === undefined && inputs.privateKeyWo === undefined)
    fail("privateKey", "is required with certificateBody. Set it.");
  if (domainName !== undefined && validationMethod === undefined && certificateAuthorityArn === undefined)
    fail("validationMethod", "is required with domainName. Set it, for example to DNS.");
}

/**
 * The records by which a domain is shown to be ours. A domain and its wildcard share one. AWS keeps them the same for an account and
 * domain, whatever the certificate.
 */
function validationOptions(made: Making, inputs: PropertyMap): PropertyMap[] {
  if (inputs.validationMethod !== "DNS") return [];
  const others = Array.isArray(inputs.subjectAlternativeNames) ? inputs.subjectAlternativeNames : [];
  const names = [textOf(inputs, "domainName"), ...others.filter((name) => typeof name === "string")];
  return [...new Set(names)].map((name) => {
    const bare = name.replace(/^\*\./, "");
    const label = made.hex(`record ${bare}`, 32);
    const target = `_${made.hex(`target ${bare}`, 32)}.${made.hex(`host ${bare}`, 10)}.acm-validations.aws.`;
    return {
      domainName: name,
      resourceRecordName: `_${label}.${bare}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: target,
    };
  });
}
