/**
 * Writes metrics.json anew from @aws-cdk/aws-service-spec (Apache-2.0): `node infra/policies/observability/metrics/write.ts` after an
 * upgrade of it. The package holds all of CloudFormation; of it policies need what CloudWatch's metrics are called.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { format } from "prettier";

const manifest = createRequire(import.meta.url).resolve("@aws-cdk/aws-service-spec/package.json");
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };

writeFileSync(new URL("metrics.json", import.meta.url), await format(metricsFile(version), { parser: "json", printWidth: 130 }));

/** Namespace, metric, and the sets of dimensions that it is published with. */
function metricsFile(of: string): string {
  const spec = loadAwsServiceSpecSync();
  const namespaces = new Map<string, Map<string, Set<string>>>();
  for (const metric of spec.all("metric")) {
    const metrics = namespaces.get(metric.namespace) ?? new Map<string, Set<string>>();
    namespaces.set(metric.namespace, metrics);
    const sets = metrics.get(metric.name) ?? new Set<string>();
    metrics.set(metric.name, sets);
    for (const { entity } of spec.follow("usesDimensionSet", metric)) {
      // A value that repeats the name stands for any value.
      const names = entity.dimensions.map(({ name, value }) =>
        value === undefined || value === name ? name : `${name}=${value}`,
      );
      sets.add(JSON.stringify(names.sort()));
    }
  }
  const plain = sorted(namespaces).map(([namespace, metrics]) => [
    namespace,
    Object.fromEntries(sorted(metrics).map(([name, sets]) => [name, [...sets].sort().map((set) => JSON.parse(set) as string[])])),
  ]);
  const source = `@aws-cdk/aws-service-spec ${of} (Apache-2.0), written by write.ts`;
  return JSON.stringify({ source, namespaces: Object.fromEntries(plain) as unknown });
}

function sorted<Value>(map: Map<string, Value>): [string, Value][] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1));
}
