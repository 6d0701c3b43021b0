import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import { checkKeys, type Fail } from "./names.ts";
import { checkPod, namesOf } from "./pods.ts";
import { scheduleProblem } from "./schedule.ts";
import { isEmptySelector, selects } from "./selectors.ts";

/** Rules of Deployment, DaemonSet and StatefulSet: they own the pods that their selector finds. */
export function checkController({ spec }: PropertyMap, fail: Fail): void {
  if (!isMap(spec)) return;
  const { template } = spec;
  const metadata = isMap(template) ? template.metadata : template;
  const labels = isMap(metadata) ? metadata.labels : metadata;
  if (spec.selector !== undefined && isEmptySelector(spec.selector)) {
    fail("spec.selector", "is empty. Name labels that the template's pods have.");
  } else if (selects(spec.selector, labels) === false) {
    const written = `the template's labels are ${labels === undefined ? "none" : JSON.stringify(labels)}`;
    fail("spec.selector", `does not match its own pods: ${written}. Set spec.template.metadata.labels to what it selects.`);
  }
  const claims = spec.volumeClaimTemplates;
  const templates = namesOf(
    Array.isArray(claims) ? claims.map((claim) => (isMap(claim) ? (claim.metadata ?? null) : claim)) : claims,
  );
  if (isMap(template)) checkTemplate(template, "spec.template", ["Always"], fail, templates);
}

/** Rules of a Job: pods that end. */
export function checkJob({ spec }: PropertyMap, fail: Fail, at = "spec"): void {
  if (isMap(spec) && isMap(spec.template)) checkTemplate(spec.template, `${at}.template`, ["Never", "OnFailure"], fail);
}

/** Rules of a CronJob: a schedule that Kubernetes reads, and a Job. */
export function checkCronJob({ spec }: PropertyMap, fail: Fail): void {
  if (!isMap(spec)) return;
  const wrong = typeof spec.schedule === "string" ? scheduleProblem(spec.schedule) : undefined;
  if (wrong) fail("spec.schedule", wrong);
  if (isMap(spec.jobTemplate)) checkJob(spec.jobTemplate, fail, "spec.jobTemplate.spec");
}

function checkTemplate(
  { metadata, spec }: PropertyMap,
  at: string,
  restartPolicies: readonly string[],
  fail: Fail,
  templates: readonly PropertyValue[] = [],
): void {
  if (isMap(metadata)) checkKeys(metadata.labels, `${at}.metadata.labels`, "labels", fail);
  checkPod(spec, `${at}.spec`, fail, templates);
  const policy = isMap(spec) ? (spec.restartPolicy ?? "Always") : undefined;
  if (typeof policy !== "string" || restartPolicies.includes(policy)) return;
  fail(
    `${at}.spec.restartPolicy`,
    `is ${policy}${isMap(spec) && spec.restartPolicy === undefined ? " by default" : ""}. Set ${restartPolicies.join(" or ")}.`,
  );
}
