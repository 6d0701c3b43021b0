import * as grpc from "@grpc/grpc-js";
import resource from "@pulumi/pulumi/proto/resource_grpc_pb.js";

/** Bytes in, bytes out: messages as they stand on the wire. */
export type Answer = (method: string, request: Buffer) => Buffer | Promise<Buffer>;

const asIs = (bytes: Buffer) => bytes;

/** Pulumi's `ResourceMonitor` service without reading or building a message. */
export const rawMonitor: grpc.ServiceDefinition = Object.fromEntries(
  Object.entries(resource.ResourceMonitorService as unknown as grpc.ServiceDefinition).map(([method, definition]) => [
    method,
    { ...definition, requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs },
  ]),
);

/** Serves a monitor on a free port of 127.0.0.1. */
export async function serveRaw(answer: Answer): Promise<{ address: string; close: () => void }> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(rawMonitor, Object.fromEntries(Object.keys(rawMonitor).map((method) => [method, handler(method, answer)])));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

function handler(method: string, answer: Answer): grpc.handleUnaryCall<Buffer, Buffer> {
  return async (call, done) => {
    try {
      done(null, await answer(method, call.request));
    } catch (error) {
      done({ code: grpc.status.UNKNOWN, details: (error as Error).message });
    }
  };
}
