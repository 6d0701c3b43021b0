import { systemClock } from "@fairway/clock";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { type App, buildApp } from "../src/app.ts";
import { createCatalogue } from "../src/products/catalogue.ts";
import { loadProducts } from "../src/products/load.ts";

export const PRODUCTS = loadProducts(new URL("../src/assets/products.jsonl", import.meta.url));

export interface RunningApp extends App {
  /** Without a slash at the end. */
  url: string;
  /** What was logged, parsed. */
  log: Record<string, unknown>[];
  close(): Promise<void>;
}

/** The service in this process on a free loopback port, with its real data. */
export async function startApp({
  products = PRODUCTS,
  routes,
}: { products?: typeof PRODUCTS; routes?: (server: FastifyInstance) => void } = {}) {
  const log: Record<string, unknown>[] = [];
  const logger = pino(
    { messageKey: "message" },
    { write: (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const app = await buildApp({ catalogue: createCatalogue(products), version: "test-1", logger, clock: systemClock });
  routes?.(app.server);
  const url = await app.server.listen({ host: "127.0.0.1", port: 0 });
  const close = async () => {
    app.server.server.closeAllConnections();
    await app.server.close();
  };
  return { ...app, url, log, close } satisfies RunningApp;
}
