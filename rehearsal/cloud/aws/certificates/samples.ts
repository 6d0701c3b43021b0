import { arnPattern, type Sample, sampleArn, UUID } from "../sample.ts";

export const certificateSamples: Sample[] = [
  {
    type: "aws:acm/certificate:Certificate",
    good: { domainName: "acme.example", subjectAlternativeNames: ["*.acme.example"], validationMethod: "DNS" },
    id: arnPattern("acm", `certificate/${UUID}`),
    outputs: { arn: arnPattern("acm", `certificate/${UUID}`), status: /^PENDING_VALIDATION$/, type: /^AMAZON_ISSUED$/ },
    bad: [
      [{ domainName: null }, "domainName", /is required for a certificate that is requested/],
      [{ domainName: "acme example" }, "domainName", /a domain name such as acme.example/],
      [{ subjectAlternativeNames: ["*.*.acme.example"] }, "subjectAlternativeNames", /a domain name such as acme.example/],
      [{ validationMethod: null }, "validationMethod", /is required with domainName/],
      [{ validationMethod: "TXT" }, "validationMethod", /Use one of DNS, EMAIL/],
      [{ keyAlgorithm: "RSA" }, "keyAlgorithm", /Use one of RSA_1024, RSA_2048/],
      [{ certificateBody: "-----BEGIN CERTIFICATE-----" }, "domainName", /is not for a certificate that is imported/],
    ],
  },
  {
    type: "aws:acm/certificateValidation:CertificateValidation",
    good: {
      certificateArn: sampleArn("acm", "certificate/3a1f5f0e-6a1c-4f0a-9d53-0d7c1f6f2a01"),
      validationRecordFqdns: ["_a79865eb4cd1a6ab990a45779b4e0b96.acme.example"],
    },
    id: /^2026-01-01 00:00:00 \+0000 UTC$/,
    bad: [[{ certificateArn: sampleArn("iam", "server-certificate/a") }, "certificateArn", /not an ARN of acm/]],
  },
];
