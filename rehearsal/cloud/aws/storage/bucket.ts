import type { Model } from "../../models/model.ts";
import { all, text } from "../../rules/text.ts";
import { text as textOf } from "../names.ts";

/** Hosted zones of S3 website endpoints by region (AWS general reference, "Amazon S3 endpoints"). */
const WEBSITE_ZONES: Record<string, string> = {
  "ap-northeast-1": "Z2M4EHUR26P7ZW",
  "ap-southeast-1": "Z3O0J2DXBE1FTB",
  "ap-southeast-2": "Z1WCIGYICN2BYD",
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-west-2": "Z3GKZC51ZF0DB4",
  "eu-west-3": "Z3R1K369G5AVDG",
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
};

/** Buckets' names: S3 user guide, "General purpose bucket naming rules". */
const bucketName = all(
  text({ min: 3, max: 63, pattern: /^[a-z0-9.-]+$/, allowed: "lower-case letters, digits, dots and hyphens" }),
  text({ max: 63, pattern: /^[a-z0-9].*[a-z0-9]$/, allowed: "a letter or digit at the beginning and the end" }),
  text({
    max: 63,
    pattern: /^(?!\d+\.\d+\.\d+\.\d+$)(?!xn--)(?!sthree-)(?!.*\.\.)(?!.*(-s3alias|--ol-s3)$)/,
    allowed: "no IP address, no two dots together, none of the endings and beginnings that AWS keeps",
  }),
);

export const bucketModel: Model = {
  type: "aws:s3/bucket:Bucket",
  guarded: "data",
  autoName: { property: "bucket", max: 63, lowerCase: true },
  defaults: { forceDestroy: false },
  rules: {
    bucket: bucketName,
    bucketPrefix: text({ max: 37, pattern: /^[a-z0-9.-]*$/, allowed: "lower-case letters, digits, dots and hyphens" }),
  },
  id: (making) => textOf(making.inputs, "bucket"),
  outputs: (made) => {
    const { region, partition, dnsSuffix } = made.place;
    return {
      arn: `arn:${partition}:s3:::${made.id}`,
      bucketDomainName: `${made.id}.s3.${dnsSuffix}`,
      bucketRegion: region,
      bucketRegionalDomainName: `${made.id}.s3.${region}.${dnsSuffix}`,
      hostedZoneId: WEBSITE_ZONES[region] ?? "",
      objectLockEnabled: made.inputs.objectLockEnabled ?? false,
      requestPayer: made.inputs.requestPayer ?? "BucketOwner",
      websiteDomain: "",
      websiteEndpoint: "",
    };
  },
};
