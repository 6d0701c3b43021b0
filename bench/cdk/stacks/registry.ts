import {
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  aws_dynamodb as dynamodb,
  aws_ecr as ecr,
  aws_iam as iam,
} from "aws-cdk-lib";
import type { Construct } from "constructs";
import { policyDocument } from "../documents/read.ts";
import { PLATFORM, type Scope } from "../environments.ts";

/** What all environments read: a repository for each service's images, and the table of deployments. */
export class RegistryStack extends Stack {
  constructor(scope: Construct, id: string, settings: Scope, props: StackProps) {
    super(scope, id, props);
    const repository = new ecr.Repository(this, "catalog", {
      repositoryName: `${PLATFORM}/catalog`,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: ecr.RepositoryEncryption.AES_256,
      lifecycleRules: [
        { description: "Delete what no tag names any more", tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(14) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const statement of statementsOf(policyDocument("images", settings))) repository.addToResourcePolicy(statement);
    new dynamodb.Table(this, "deployments", {
      tableName: `${PLATFORM}-deployments`,
      partitionKey: { name: "pk", type: dynamodb.AttributeType.STRING },
      sortKey: { name: "sk", type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      deletionProtection: true,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      resourcePolicy: policyDocument("records", settings),
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

function statementsOf(document: iam.PolicyDocument): iam.PolicyStatement[] {
  const { Statement } = document.toJSON() as { Statement: object[] };
  return Statement.map((statement) => iam.PolicyStatement.fromJson(statement));
}
