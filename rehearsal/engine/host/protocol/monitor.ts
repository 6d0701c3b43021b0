import type * as grpc from "@grpc/grpc-js";
import type alias from "@pulumi/pulumi/proto/alias_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import proto from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { isMap } from "../../properties/maps.ts";
import { type PropertyMap, Secret, unknown } from "../../properties/value.ts";
import { type AssetReader, projectAssets } from "../../properties/encoding/assets.ts";
import { UNKNOWN } from "../../properties/encoding/signatures.ts";
import { fromStruct, toStruct } from "../../properties/encoding/wire.ts";
import type { Alias, Deployment, ReadRegistration, RegistrationResult, ResourceRegistration } from "../../steps/types.ts";
import { GET_RESOURCE, STACK_REFERENCE_TYPE, STACK_TYPE } from "../../steps/naming/urn.ts";
import type { Calls } from "./calls.ts";
import { refusal, refuseUnsupported } from "./refusals.ts";

/** What a program is told about its run. */
export interface RunFacts {
  project: string;
  stack: string;
  organization: string;
  config: Record<string, string>;
  secretKeys: string[];
  preview: boolean;
  /** The project folder: where relative paths of assets start. */
  folder: string;
}

/** What the monitor hears beside registrations. */
export interface MonitorEvents {
  /** The program says that it has ended well. */
  onShutdown: () => void;
  /** The stack's own outputs were registered. */
  onStackOutputs: () => void;
  /** The program reads a stack's outputs; these are their names. */
  onStackReference: (name: string, outputs: string[]) => void;
}

/**
 * What we tell the SDK that we can. Without `outputValues` inputs arrive plain, unknown or secret; without `transforms`, hooks and
 * parameterisation the SDK refuses those itself; with `aliasSpecs` aliases arrive as written.
 */
const FEATURES: [id: string, feature: proto.ResourceMonitorFeature][] = [
  ["secrets", proto.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_SECRETS],
  ["resourceReferences", proto.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES],
  ["deletedWith", proto.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_DELETED_WITH],
  ["aliasSpecs", proto.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS],
];

/** Pulumi's `ResourceMonitor` service: decodes what a program registers, asks the deployment, encodes the answer. */
export function monitorService(
  calls: Calls,
  deployment: Deployment,
  facts: RunFacts,
  events: MonitorEvents,
): grpc.UntypedServiceImplementation {
  let stackUrn = "";
  const assets = projectAssets(facts.folder);

  return {
    getDeploymentInfo: calls.handler(
      () => "the deployment",
      () => deploymentInfo(facts),
    ),
    supportsFeature: calls.handler(
      () => "a feature",
      (request: proto.SupportsFeatureRequest) =>
        new proto.SupportsFeatureResponse().setHassupport(FEATURES.some(([id]) => id === request.getId())),
    ),

    registerResource: calls.handler(
      (request: proto.RegisterResourceRequest) => `${request.getName()} [${request.getType()}]`,
      async (request) => {
        refuseUnsupported(request);
        const result = await deployment.register(registration(request, assets));
        if (request.getType() === STACK_TYPE) stackUrn = result.urn;
        return registerResponse(result);
      },
    ),
    registerResourceOutputs: calls.handler(
      (request: proto.RegisterResourceOutputsRequest) => `the outputs of ${request.getUrn()}`,
      async (request) => {
        await deployment.registerOutputs(request.getUrn(), fromStruct(request.getOutputs(), assets));
        if (request.getUrn() === stackUrn) events.onStackOutputs();
        return new empty.Empty();
      },
    ),
    readResource: calls.handler(
      (request: proto.ReadResourceRequest) => `reading ${request.getName()} [${request.getType()}]`,
      async (request) => {
        if (request.getPackageref() !== "")
          throw refusal("a parameterised package", `${request.getName()} [${request.getType()}]`);
        const result = await deployment.read(readRegistration(request, assets));
        if (request.getType() === STACK_REFERENCE_TYPE) events.onStackReference(request.getId(), outputNames(result.outputs));
        return new proto.ReadResourceResponse().setUrn(result.urn).setProperties(toStruct(result.outputs));
      },
    ),
    invoke: calls.handler(
      (request: proto.ResourceInvokeRequest) => `calling ${request.getTok()}`,
      async (request) => {
        if (request.getPackageref() !== "") throw refusal("a parameterised package", request.getTok());
        const { result, failures } = await deployment.invoke({
          token: request.getTok(),
          args: fromStruct(request.getArgs(), assets),
          provider: request.getProvider(),
          version: request.getVersion(),
        });
        // The SDK reads this id as text: nothing means "not known yet", the unknown marker would be taken for an id.
        const known = request.getTok() === GET_RESOURCE && result["id"] === unknown ? { ...result, id: "" } : result;
        return new proto.ResourceInvokeResponse()
          .setReturn(toStruct(known))
          .setFailuresList(
            failures.map(({ property, reason }) => new provider.CheckFailure().setProperty(property).setReason(reason)),
          );
      },
    ),
    signalAndWaitForShutdown: calls.handler(
      () => "the end of the program",
      () => {
        // Answered at once: the launcher only exits, with the exit code that decides, after the answer.
        events.onShutdown();
        return new empty.Empty();
      },
    ),

    call: refused("a method call on a resource (`call`)"),
    existsResource: refused("`existsResource`"),
    registerStackTransform: refused("transforms (`registerResourceTransform`)"),
    registerStackInvokeTransform: refused("transforms (`registerInvokeTransform`)"),
    registerResourceHook: refused("resource hooks (`hooks`)"),
    registerErrorHook: refused("error hooks (`hooks.onError`)"),
    registerPackage: refused("a parameterised package (`registerPackage`)"),
  };

  function refused(feature: string): grpc.handleUnaryCall<unknown, empty.Empty> {
    return calls.handler(
      () => feature,
      () => {
        throw refusal(feature);
      },
    );
  }
}

function deploymentInfo(facts: RunFacts): proto.DeploymentInfo {
  const info = new proto.DeploymentInfo()
    .setProject(facts.project)
    .setStack(facts.stack)
    .setOrganization(facts.organization)
    .setConfigsecretkeysList(facts.secretKeys)
    .setDryrun(facts.preview)
    .setSupportedfeaturesList(FEATURES.map(([, feature]) => feature));
  for (const [key, value] of Object.entries(facts.config)) info.getConfigMap().set(key, value);
  return info;
}

function registration(request: proto.RegisterResourceRequest, assets: AssetReader): ResourceRegistration {
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: request.getParent(),
    inputs: fromStruct(request.getObject(), assets),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([key, value]) => [key, value.getUrnsList()]),
    ),
    provider: request.getProvider(),
    providers: Object.fromEntries(request.getProvidersMap().entries()),
    version: request.getVersion(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    deletedWith: request.getDeletedwith(),
    aliases: [...request.getAliasesList().map(decodeAlias), ...request.getAliasurnsList().map((urn) => ({ urn }))],
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

/** On the wire an absent part is an empty text. */
function decodeAlias(from: alias.Alias): Alias {
  const spec = from.getSpec();
  if (!spec) return { urn: from.getUrn() };
  return {
    name: spec.getName() || undefined,
    type: spec.getType() || undefined,
    stack: spec.getStack() || undefined,
    project: spec.getProject() || undefined,
    parent: spec.getParenturn() || undefined,
    noParent: spec.getNoparent() || undefined,
  };
}

function registerResponse(result: RegistrationResult): proto.RegisterResourceResponse {
  const response = new proto.RegisterResourceResponse()
    .setUrn(result.urn)
    .setId(result.id === unknown ? "" : String(result.id))
    .setObject(toStruct(result.outputs));
  for (const [output, urns] of Object.entries(result.outputDependencies ?? {})) {
    response
      .getPropertydependenciesMap()
      .set(output, new proto.RegisterResourceResponse.PropertyDependencies().setUrnsList(urns));
  }
  return response;
}

/** The names of what a stack reference holds, whether or not it is secret as a whole. */
function outputNames({ outputs }: PropertyMap): string[] {
  const plain = outputs instanceof Secret ? outputs.value : outputs;
  return isMap(plain) ? Object.keys(plain).toSorted() : [];
}

function readRegistration(request: proto.ReadResourceRequest, assets: AssetReader): ReadRegistration {
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    id: request.getId() === UNKNOWN ? unknown : request.getId(),
    inputs: fromStruct(request.getProperties(), assets),
    dependencies: request.getDependenciesList(),
    provider: request.getProvider(),
    version: request.getVersion(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}
