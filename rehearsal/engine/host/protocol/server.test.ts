import grpc from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/resource_pb.js";
import services from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toStruct } from "../../properties/encoding/wire.ts";
import { memoryState } from "../../state/memory.ts";
import { createDeployment } from "../../steps/deployment.ts";
import type { Deployment } from "../../steps/types.ts";
import { type ProgramServer, serveProgram } from "./server.ts";
import { fixture, request } from "../testing/request.ts";
import { toyProvider } from "../testing/toy-provider.ts";

const { ResourceMonitorFeature: feature } = proto;
let deployment: Deployment;
let server: ProgramServer;
let client: services.ResourceMonitorClient;
/** Lets the creation of a thing called "slow" go on. */
let release: () => void;

beforeEach(async () => {
  const held = Promise.withResolvers<void>();
  release = held.resolve;
  const toy = toyProvider();
  const provider = {
    ...toy,
    configure: async () => provider,
    create: async (...args: Parameters<typeof toy.create>) => {
      if (args[0].name === "slow") await held.promise;
      return toy.create(...args);
    },
  };
  const asked = { ...request(fixture("good/talks")), state: memoryState(), providers: () => provider };
  deployment = createDeployment(asked);
  server = await serveProgram(deployment, { ...asked, preview: true, folder: import.meta.dirname }, () => {});
  client = new services.ResourceMonitorClient(server.address, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
  });
});
afterEach(() => {
  client.close();
  server.close();
});

describe("what the SDK is told that we can", () => {
  test("is secrets, resource references, deletedWith and alias specs, and nothing else", async () => {
    const info = await call<empty.Empty, proto.DeploymentInfo>("getDeploymentInfo", new empty.Empty());
    expect(new Set(info.getSupportedfeaturesList())).toEqual(
      new Set([
        feature.RESOURCE_MONITOR_FEATURE_SECRETS,
        feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
        feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
        feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
      ]),
    );
    expect(info.getDryrun()).toBe(true);
    expect(info.getConfigMap().get("toy:zone")).toBe("north");
  });

  test.each([
    ["secrets", true],
    ["resourceReferences", true],
    ["deletedWith", true],
    ["aliasSpecs", true],
    ["outputValues", false],
    ["transforms", false],
    ["invokeTransforms", false],
    ["parameterization", false],
    ["resourceHooks", false],
    ["errorHooks", false],
    ["replaceWith", false],
    ["somethingNew", false],
  ])("is the same for an older SDK that asks one by one: %s %s", async (id, supported) => {
    const answer = await call<proto.SupportsFeatureRequest, proto.SupportsFeatureResponse>(
      "supportsFeature",
      new proto.SupportsFeatureRequest().setId(id),
    );
    expect(answer.getHassupport()).toBe(supported);
  });
});

test("messages larger than gRPC's own 4 MB go both ways", async () => {
  const text = "x".repeat(5 * 1024 * 1024);
  const answer = await register("large", { text });
  expect(answer.getObject()!.getFieldsMap().get("text")!.getStringValue()).toHaveLength(text.length);
});

describe("when a step has failed", () => {
  test("what is in flight, the failed call and what comes later are answered UNAVAILABLE; what is under way is still kept", async () => {
    const slow = register("slow", {});
    const failing = register("failing", { text: "refuse" });
    const unavailable = { status: "rejected", reason: expect.objectContaining({ code: grpc.status.UNAVAILABLE }) as unknown };
    expect(await Promise.allSettled([slow, failing])).toEqual([unavailable, unavailable]);
    expect(await Promise.allSettled([register("later", {})])).toEqual([unavailable]);
    await server.broken;

    release();
    await deployment.finish(false);
    expect(deployment.steps.map(({ name }) => name)).toContain("slow");
    expect(deployment.steps.map(({ name }) => name)).not.toContain("later");
  });
});

test("what is in flight is known by its name and type", async () => {
  const slow = register("slow", {});
  await new Promise<void>((resolve) => {
    const look = () => (server.calls.inFlight.length > 0 ? resolve() : void setImmediate(look));
    look();
  });
  expect(server.calls.inFlight).toEqual(["slow [toy:index:Thing]"]);
  release();
  await slow;
  expect(server.calls.inFlight).toEqual([]);
});

function register(name: string, inputs: Parameters<typeof toStruct>[0]): Promise<proto.RegisterResourceResponse> {
  return call(
    "registerResource",
    new proto.RegisterResourceRequest().setType("toy:index:Thing").setName(name).setCustom(true).setObject(toStruct(inputs)),
  );
}

function call<Request, Response>(method: keyof services.ResourceMonitorClient, message: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    type Call = (request: Request, answer: (error: Error | null, response: Response) => void) => void;
    (client[method] as unknown as Call).call(client, message, (error, response) => (error ? reject(error) : resolve(response)));
  });
}
