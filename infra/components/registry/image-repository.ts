import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import { policyDocument } from "../documents/policy.ts";
import { type ImageAccess, imageStatements } from "./image-access.ts";

/** Arguments of {@link ImageRepository}. */
export interface ImageRepositoryArgs {
  /** For example `acme/catalog`: the end of the address that `repositoryUrl` gives. */
  repositoryName: string;
  /** Who pulls and who pushes. */
  access: ImageAccess;
  /** Days after which an image without a tag is deleted. @default 14 */
  untaggedDays?: number;
  /** Protects the repository from deletion; otherwise it goes with its images. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: { repository?: (args: aws.ecr.RepositoryArgs) => aws.ecr.RepositoryArgs };
}

/**
 * A private repository for the images of one service: a tag never moves, every image is scanned, other accounts' workloads pull, one
 * role pushes.
 *
 * Images with a tag stay: a rollback must find its image, and a repository does not know what runs where. Encrypted with ECR's own
 * key, at no cost: a key of ours would have to be open to every account that pulls.
 *
 * Cost: $0.10/GB-month (us-east-1, 2026-09). An image of 60 MB a day makes 22 GB in a year, then $2.20 a month. Pulls within the
 * region are free, into another $0.09/GB at most.
 *
 * @example
 * new ImageRepository("catalog", { repositoryName: "acme/catalog", access, protect: true });
 */
export class ImageRepository extends pulumi.ComponentResource {
  /** Address without tag or digest. */
  declare readonly url: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    repository: aws.ecr.Repository;
    policy: aws.ecr.RepositoryPolicy;
    lifecycle: aws.ecr.LifecyclePolicy;
  };

  constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:ImageRepository", name, {}, opts);
    const parent = this;

    const repository = createRepository();
    const policy = admitPullersAndPublisher();
    const lifecycle = deleteUntagged();

    this.url = repository.repositoryUrl;
    this.nodes = { repository, policy, lifecycle };
    this.registerOutputs({ url: this.url });

    function createRepository() {
      const wanted: aws.ecr.RepositoryArgs = {
        name: args.repositoryName,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "AES256" }],
        forceDelete: !args.protect,
      };
      return new aws.ecr.Repository(name, args.transform?.repository?.(wanted) ?? wanted, { parent, protect: args.protect });
    }

    function admitPullersAndPublisher() {
      const document = policyDocument(imageStatements(args.access));
      return new aws.ecr.RepositoryPolicy(name, { repository: repository.name, policy: jsonDocument(document) }, { parent });
    }

    function deleteUntagged() {
      const rule = {
        rulePriority: 1,
        description: "Delete what no tag names any more",
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: args.untaggedDays ?? 14,
        },
        action: { type: "expire" },
      };
      return new aws.ecr.LifecyclePolicy(
        name,
        { repository: repository.name, policy: jsonDocument({ rules: [rule] }) },
        { parent },
      );
    }
  }
}
