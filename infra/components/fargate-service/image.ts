/** An image that can't change under its name. */
export interface PinnedImage {
  /** For example `111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/catalog@sha256:9f86…`. */
  reference: string;
  /** `sha256:` and 64 hex digits. */
  digest: string;
  /** The repository in ECR whose layers a task must be allowed to pull. Absent for images from elsewhere. */
  repositoryArn?: string;
}

const DIGEST = /^([^@\s]+)@(sha256:[0-9a-f]{64})$/;
const ECR = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:]+)/;

/**
 * Reads the image that a service is to run, named by digest.
 *
 * @param reference value of the configuration, maybe missing
 * @param where what to say in errors: the project and stack, and a repository to show in the example
 * @throws when it is missing, or named by a tag: what a tag means can change between two tasks of one deployment
 */
export function pinnedImage(
  reference: string | undefined,
  where: { project: string; stack: string; repository: string },
): PinnedImage {
  const command = `pulumi config set ${where.project}:image ${where.repository}@sha256:… --stack ${where.stack}`;
  if (!reference) {
    throw new Error(
      `${where.project}/${where.stack} has no image to run. A release sets it; by hand: \`${command}\`. ` +
        `On this machine \`npx fairway rehearse\` builds and sets one.`,
    );
  }
  const [, name, digest] = DIGEST.exec(reference) ?? [];
  if (!name || !digest) {
    throw new Error(
      `${where.project}/${where.stack}: image "${reference}" is not named by digest. A tag can mean another image tomorrow: ` +
        `give NAME@sha256: and 64 hex digits. By hand: \`${command}\`.`,
    );
  }
  const [, account, region, repository] = ECR.exec(name) ?? [];
  return { reference, digest, repositoryArn: account && `arn:aws:ecr:${region}:${account}:repository/${repository}` };
}
