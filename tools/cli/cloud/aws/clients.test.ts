import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dev } from "../testing/platform.ts";
import { awsClients } from "./clients.ts";
import { callerOf } from "./identity.ts";

const WHO = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::222222222222:user/ada</Arn><Account>222222222222</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const error = (code: string, message: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

let server: Server;
let answers: [status: number, body: string][];
let asked: number;
beforeEach(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "testing");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "testing");
  answers = [];
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    const [status, body] = answers.shift() ?? [500, ""];
    response.writeHead(status, { "content-type": "text/xml" }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.close();
  server.closeAllConnections();
  await once(server, "close");
});

const clients = () => awsClients(dev, { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

test("a throttled call is made again by the SDK", async () => {
  answers = [
    [400, error("Throttling", "Rate exceeded")],
    [200, WHO],
  ];
  expect(await callerOf(clients(), dev)).toEqual({ account: "222222222222", arn: "arn:aws:iam::222222222222:user/ada" });
  expect(asked).toBe(2);
});

test("an expired session is not: it is told with what to do", async () => {
  answers = [[403, error("ExpiredToken", "The security token included in the request is expired")]];
  await expect(callerOf(clients(), dev)).rejects.toThrow(
    /sts:GetCallerIdentity on account 222222222222: ExpiredToken[^]*Your session has ended[^]*aws sso login/,
  );
  expect(asked).toBe(1);
});
