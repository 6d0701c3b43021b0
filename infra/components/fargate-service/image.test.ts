import { describe, expect, test } from "vitest";
import { pinnedImage } from "./image.ts";

const where = { project: "catalog", stack: "dev", repository: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/catalog" };
const digest = `sha256:${"9f".repeat(32)}`;

describe("the image of a service", () => {
  test("is named by digest, and knows the repository that it is pulled from", () => {
    expect(pinnedImage(`${where.repository}@${digest}`, where)).toEqual({
      reference: `${where.repository}@${digest}`,
      digest,
      repositoryArn: "arn:aws:ecr:eu-west-1:111111111111:repository/acme/catalog",
    });
  });

  test("may come from elsewhere than ECR; then there is no repository to be allowed", () => {
    expect(pinnedImage(`docker.io/library/nginx@${digest}`, where).repositoryArn).toBeUndefined();
  });

  test.each([undefined, ""])("that is not set (%j) is refused, with the command that sets it", (missing) => {
    expect(() => pinnedImage(missing, where)).toThrow(
      /catalog\/dev has no image to run.*pulumi config set catalog:image 111111111111\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/acme\/catalog@sha256:… --stack dev/,
    );
  });

  test.each(["catalog:latest", "catalog", `catalog@sha256:9f`, `catalog@${digest} `])(
    "%j is refused: only a digest can't change",
    (image) => {
      expect(() => pinnedImage(image, where)).toThrow(`image "${image}" is not named by digest`);
    },
  );
});
