import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { GetBucketEncryptionCommand, PutBucketVersioningCommand, type S3Client } from "@aws-sdk/client-s3";
import { GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateBucket } from "@fairway/settings";
import { setUpBackend } from "../../commands/init.ts";
import { type AwsClients, awsClients } from "../aws/clients.ts";
import { recorder } from "../testing/outside.ts";
import { dev, platform } from "../testing/platform.ts";

/**
 * The same steps against moto, an imitation of AWS that others keep (`pip install 'moto[server]'`): it speaks AWS's protocol over HTTP,
 * so the SDK's own serialisation and error names are in play.
 */
const here = spawnSync("moto_server", ["--help"], { stdio: "ignore" }).status === 0;
if (!here) console.log("- skipped: moto_server is not on the PATH, and is no npm package (pip install 'moto[server]')");

/** The account that moto says everybody is in. */
const scope = { ...dev, account: "123456789012" };
const MAKE = { yes: true, dryRun: false, json: false };

describe.skipIf(!here)("against moto", () => {
  let server: ChildProcess;
  let clients: AwsClients;

  beforeAll(async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) process.env[name] = "testing";
    const port = await freePort();
    server = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
    // It says where it listens once it does; with another way to end it never would, and the hook's time would run out.
    const lines = createInterface({ input: server.stderr! });
    await new Promise<void>((resolve) => lines.on("line", (line) => line.includes("Running on") && resolve()));
    clients = awsClients(scope, { endpoint: `http://127.0.0.1:${port}` });
  });

  afterAll(async () => {
    if (server.exitCode !== null) return;
    server.kill();
    await once(server, "exit");
  });

  const init = async () => {
    const output = recorder();
    const outside = { clients: () => clients, confirm: async () => true, output, clock: { wait: async () => {} } };
    await setUpBackend(platform, scope, MAKE, outside);
    return output;
  };

  test("a backend is made, then found as it should be, and mended when it is not", async () => {
    await init();
    const Bucket = stateBucket(platform, scope);
    const s3 = clients.s3 as S3Client;
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe("aws:kms");

    expect((await init()).printed.join()).toContain("Nothing to change.");

    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
    expect((await init()).said.join("\n")).toContain("the bucket's versions: are Suspended");
    expect((await init()).printed.join()).toContain("Nothing to change.");
  });

  test("the key rotates", async () => {
    await init();
    const found = await clients.s3.send(new GetBucketEncryptionCommand({ Bucket: stateBucket(platform, scope) }));
    const KeyId = found.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
    expect(await clients.kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({ KeyRotationEnabled: true });
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
