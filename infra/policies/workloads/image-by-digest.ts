import type { PlannedResource } from "@fairway/resources";
import { type Container } from "../reading/containers.ts";
import { text, unknown } from "../reading/values.ts";
import { eachPodContainer, eachTaskContainer } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

const BY_DIGEST = /@sha256:[0-9a-f]{64}$/;

export const imageByDigest: Policy = {
  name: "image-by-digest",
  title: "What runs is named by digest",
  why: "A tag can be moved: what was tested, what runs and what a rollback brings back need not be the same.",
  fix: "Write NAME@sha256:DIGEST; `pinnedImage` refuses anything else. `docker buildx imagetools inspect NAME:TAG` shows the digest.",
  severity: "mandatory",
  check: (plan) => [
    ...eachTaskContainer(plan, ({ definition }) => judge(text(definition.image))),
    ...eachPodContainer(plan, ({ definition, path }: Container, { resource }) =>
      unknown(resource, `${path}.image`) ? undefined : judge(text(definition.image)),
    ),
    ...plan.each("aws:lambda/function:Function", (lambda: PlannedResource) =>
      lambda.inputs.packageType === "Image" && !unknown(lambda, "imageUri") ? judge(text(lambda.inputs.imageUri)) : undefined,
    ),
  ],
};

function judge(image: string | undefined): string | undefined {
  return image !== undefined && BY_DIGEST.test(image) ? undefined : `its image is ${image ?? "not set"}, without a digest`;
}
