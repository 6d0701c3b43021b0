import type { Model } from "../models/model.ts";
import { costModels } from "./accounts/costs.ts";
import { guardModels } from "./accounts/guards.ts";
import { acmModels } from "./certificates/acm.ts";
import { clusterModels } from "./compute/cluster.ts";
import { scalingModels } from "./compute/scaling.ts";
import { serviceDiscoveryModels } from "./compute/service-discovery.ts";
import { serviceModel } from "./compute/service.ts";
import { taskDefinitionModel } from "./compute/task-definition.ts";
import { ecrModels } from "./containers/ecr.ts";
import { listenerModels } from "./edge/listeners.ts";
import { loadBalancerModel } from "./edge/load-balancer.ts";
import { route53Models } from "./edge/route53.ts";
import { targetGroupModel } from "./edge/target-group.ts";
import { wafModels } from "./edge/wafv2.ts";
import { federationModels } from "./identity/federation.ts";
import { iamModels } from "./identity/iam.ts";
import { kmsModels } from "./identity/kms.ts";
import { secretModels } from "./identity/secrets.ts";
import { kubernetesModels } from "./kubernetes/models.ts";
import { chatModel } from "./messaging/chat.ts";
import { eventModels } from "./messaging/events.ts";
import { endpointModels } from "./network/endpoints.ts";
import { routingModels } from "./network/routing.ts";
import { securityModels } from "./network/security.ts";
import { vpcModels } from "./network/vpc.ts";
import { compositeAlarmModel } from "./observability/composite-alarm.ts";
import { dashboardModel } from "./observability/dashboard.ts";
import { logGroupModel, logResourcePolicyModel } from "./observability/log-group.ts";
import { metricAlarmModel } from "./observability/metric-alarm.ts";
import { prometheusModel } from "./observability/prometheus.ts";
import { snsModels } from "./observability/sns.ts";
import { bucketSettingModels } from "./storage/bucket-settings.ts";
import { bucketModel } from "./storage/bucket.ts";
import { dynamodbModels } from "./tables/dynamodb.ts";

const network = [vpcModels, routingModels, endpointModels, securityModels];
const edge = [[loadBalancerModel, targetGroupModel], listenerModels, wafModels, route53Models];
const compute = [[taskDefinitionModel, serviceModel], clusterModels, scalingModels, serviceDiscoveryModels];
const kubernetes = [kubernetesModels];
const accounts = [costModels, guardModels];
const identity = [iamModels, federationModels, kmsModels, secretModels];
const storage = [[bucketModel], bucketSettingModels];
const messaging = [[chatModel], eventModels, snsModels];
const logs = [logGroupModel, logResourcePolicyModel];
const observability = [logs, [metricAlarmModel, compositeAlarmModel, dashboardModel, prometheusModel]];

const certificates = [acmModels];
const containers = [ecrModels];
const tables = [dynamodbModels];

/** Every AWS type that has a model. A new one also gets a row in its area's replacement.ts, and schema.json is written anew. */
export const awsModels: Model[] = [
  accounts,
  network,
  edge,
  compute,
  kubernetes,
  identity,
  storage,
  observability,
  messaging,
  certificates,
  containers,
  tables,
].flat(2);
