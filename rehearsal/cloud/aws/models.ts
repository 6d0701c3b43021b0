import type { Model } from "../models/model.ts";
import { endpointModels } from "./network/endpoints.ts";
import { routingModels } from "./network/routing.ts";
import { securityModels } from "./network/security.ts";
import { vpcModels } from "./network/vpc.ts";

/** Every AWS type that has a model. A new one also gets a row in replacement.ts, and schema.json is written anew. */
export const awsModels: Model[] = [...vpcModels, ...routingModels, ...endpointModels, ...securityModels];
