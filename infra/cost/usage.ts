/** What nobody declares and AWS bills nevertheless, a month unless said otherwise. */
export interface Usage {
  /** Hours that a month is counted with. */
  hours: number;
  /** At each load balancer. */
  requestsPerSecond: number;
  /** Size of an average response. */
  responseKb: number;
  /** Through each NAT gateway. */
  natGb: number;
  /** Through each interface endpoint. */
  endpointGb: number;
  /** Written to each log group. */
  logGb: number;
  /** Kept in each bucket. */
  bucketGb: number;
  /** Written to each bucket, in thousands. */
  bucketWriteThousands: number;
  /** Kept in each image repository. */
  repositoryGb: number;
  /** Of each table on demand. */
  tableGb: number;
  tableWriteMillions: number;
  tableReadMillions: number;
  /** Kept in each Aurora cluster. */
  auroraGb: number;
  /** To each queue. */
  queueMillions: number;
  /** To each key, in tens of thousands. */
  keyTenThousands: number;
  /** To each secret, in tens of thousands. */
  secretTenThousands: number;
  /** From each topic. */
  topicEmails: number;
  /** To each event bus of our own, in millions. */
  eventMillions: number;
  /** For each hosted zone, in millions; queries for alias records to AWS's own resources are free. */
  dnsMillions: number;
  /** To each Prometheus workspace; 5,000 series every 60 s are 219 million. */
  sampleMillions: number;
  /** Of each build project. */
  buildMinutes: number;
  /** Recorded by each configuration recorder. */
  configItems: number;
}

/** A small company's platform. Change it to what your bill says: the share of assumed lines in a report shows what it is worth. */
const EVERYWHERE: Usage = {
  hours: 730,
  requestsPerSecond: 1,
  responseKb: 20,
  natGb: 20,
  endpointGb: 10,
  logGb: 1,
  bucketGb: 5,
  bucketWriteThousands: 10,
  repositoryGb: 2,
  tableGb: 1,
  tableWriteMillions: 0.1,
  tableReadMillions: 1,
  auroraGb: 10,
  queueMillions: 1,
  keyTenThousands: 1,
  secretTenThousands: 0.1,
  topicEmails: 200,
  eventMillions: 0.01,
  dnsMillions: 0.5,
  sampleMillions: 219,
  buildMinutes: 500,
  configItems: 1000,
};

/** Where an environment is used otherwise, by name. */
const BY_ENVIRONMENT: Record<string, Partial<Usage>> = {
  production: { requestsPerSecond: 5, natGb: 50, logGb: 3 },
};

/** The use that is assumed of an environment. */
export function assumedUsage(environment: string): Usage {
  return { ...EVERYWHERE, ...(Object.hasOwn(BY_ENVIRONMENT, environment) ? BY_ENVIRONMENT[environment] : {}) };
}
