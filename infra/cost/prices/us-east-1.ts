/** Long-standing list prices that no page was found for. Look them up before quoting. */
const UNCONFIRMED = "unconfirmed: general knowledge, 2026-11";

/**
 * On-demand list prices of us-east-1 in US dollars, free tiers and discounts not deducted.
 *
 * Gathered from pages that quote AWS, not from AWS's price list: good for "what does this change", not for a budget to sign. Prices of
 * other regions differ, mostly by a few percent; give `costOf` another table for them.
 */
export const usEast1 = {
  region: "us-east-1",
  asOf: "2026-11-23",
  prices: {
    natGatewayHour: { usd: 0.045, unit: "hour", source: "usage.ai 2026-05" },
    natGatewayGb: { usd: 0.045, unit: "GB", source: "usage.ai 2026-05" },
    publicIpv4Hour: { usd: 0.005, unit: "hour", source: "dev.to 2026" },
    endpointZoneHour: { usd: 0.01, unit: "zone-hour", source: "usage.ai 2026-05" },
    endpointGb: { usd: 0.01, unit: "GB", source: "usage.ai 2026-05" },
    dataOutGb: { usd: 0.09, unit: "GB", source: "usage.ai 2026-05" },
    albHour: { usd: 0.0225, unit: "hour", source: UNCONFIRMED },
    albLcuHour: { usd: 0.008, unit: "LCU-hour", source: UNCONFIRMED },

    fargateX86VcpuHour: { usd: 0.04048, unit: "vCPU-hour", source: "wring.co 2026-03, vantage.sh" },
    fargateX86GbHour: { usd: 0.004445, unit: "GB-hour", source: "wring.co 2026-03, vantage.sh" },
    fargateArmVcpuHour: { usd: 0.03238, unit: "vCPU-hour", source: "vantage.sh" },
    fargateArmGbHour: { usd: 0.00356, unit: "GB-hour", source: "vantage.sh" },
    /** Spot varies by the hour: 70 % under on demand is what pages report. */
    fargateSpotX86VcpuHour: { usd: 0.012144, unit: "vCPU-hour", source: "70 % under on demand: wring.co 2026-03" },
    fargateSpotX86GbHour: { usd: 0.0013335, unit: "GB-hour", source: "70 % under on demand: wring.co 2026-03" },
    fargateSpotArmVcpuHour: { usd: 0.009714, unit: "vCPU-hour", source: "70 % under on demand: wring.co 2026-03" },
    fargateSpotArmGbHour: { usd: 0.001068, unit: "GB-hour", source: "70 % under on demand: wring.co 2026-03" },
    fargateStorageGbHour: { usd: 0.000111, unit: "GB-hour", source: "wring.co 2026-03, vantage.sh" },
    eksClusterHour: { usd: 0.1, unit: "hour", source: "cloudburn.io 2026-03" },
    ebsGp3Gb: { usd: 0.08, unit: "GB-month", source: UNCONFIRMED },

    rdsT4gMicroHour: { usd: 0.016, unit: "hour", source: "infratally 2026" },
    rdsT4gSmallHour: { usd: 0.032, unit: "hour", source: "infratally 2026" },
    rdsT4gMediumHour: { usd: 0.065, unit: "hour", source: "infratally 2026" },
    rdsGp3Gb: { usd: 0.115, unit: "GB-month", source: "usage.ai 2026-06" },
    auroraAcuHour: { usd: 0.12, unit: "ACU-hour", source: UNCONFIRMED },
    auroraGb: { usd: 0.1, unit: "GB-month", source: UNCONFIRMED },
    dynamodbWriteMillion: { usd: 0.625, unit: "million writes", source: "reposted announcement 2025; unconfirmed" },
    dynamodbReadMillion: { usd: 0.125, unit: "million reads", source: "reposted announcement 2025; unconfirmed" },
    dynamodbGb: { usd: 0.25, unit: "GB-month", source: UNCONFIRMED },
    dynamodbRecoveryGb: { usd: 0.2, unit: "GB-month", source: UNCONFIRMED },
    s3Gb: { usd: 0.023, unit: "GB-month", source: UNCONFIRMED },
    s3WriteThousand: { usd: 0.005, unit: "thousand writes", source: UNCONFIRMED },
    ecrGb: { usd: 0.1, unit: "GB-month", source: UNCONFIRMED },
    sqsMillion: { usd: 0.4, unit: "million requests", source: UNCONFIRMED },

    kmsKey: { usd: 1, unit: "month", source: "cloudburn.io 2026-03" },
    kmsTenThousand: { usd: 0.03, unit: "10,000 requests", source: "cloudburn.io 2026-03" },
    secret: { usd: 0.4, unit: "month", source: UNCONFIRMED },
    secretTenThousand: { usd: 0.05, unit: "10,000 calls", source: UNCONFIRMED },
    webAcl: { usd: 5, unit: "month", source: UNCONFIRMED },
    webAclRule: { usd: 1, unit: "rule-month", source: UNCONFIRMED },
    wafMillion: { usd: 0.6, unit: "million requests", source: UNCONFIRMED },

    alarmMetric: { usd: 0.1, unit: "alarm metric-month", source: "aws.amazon.com/cloudwatch/pricing for the unit, c3x.dev" },
    alarmFastMetric: { usd: 0.3, unit: "alarm metric-month", source: "aws.amazon.com/cloudwatch/pricing for the unit, c3x.dev" },
    compositeAlarm: { usd: 0.5, unit: "month", source: "c3x.dev" },
    dashboard: { usd: 3, unit: "month", source: "factualminds.com 2026-06" },
    logIngestGb: { usd: 0.5, unit: "GB", source: "factualminds.com 2026-06" },
    logStoreGb: { usd: 0.03, unit: "GB-month", source: UNCONFIRMED },
    snsHundredThousandEmails: { usd: 2, unit: "100,000 emails", source: UNCONFIRMED },
    eventMillion: { usd: 1, unit: "million events", source: UNCONFIRMED },
    eventArchiveGb: { usd: 0.1, unit: "GB", source: UNCONFIRMED },
    prometheusTenMillionSamples: { usd: 0.9, unit: "10 million samples", source: UNCONFIRMED },

    hostedZone: { usd: 0.5, unit: "month", source: UNCONFIRMED },
    dnsMillion: { usd: 0.4, unit: "million queries", source: UNCONFIRMED },
    /** Of an endpoint that is not in AWS's own list of the account: what a health check by host name counts as. */
    healthCheck: { usd: 0.75, unit: "month", source: UNCONFIRMED },
    /** HTTPS, string matching, 10-second interval, latency graphs: each. */
    healthCheckFeature: { usd: 2, unit: "feature-month", source: UNCONFIRMED },
    codebuildSmallMinute: { usd: 0.005, unit: "minute", source: UNCONFIRMED },
    configItem: { usd: 0.003, unit: "configuration item", source: UNCONFIRMED },
  },
} as const;
