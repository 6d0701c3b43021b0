import { systemClock } from "@fairway/clock";
import { pino } from "pino";
import { buildApp } from "./app.ts";
import { ConfigurationError, EXIT_CONFIGURATION, readConfig } from "./config.ts";
import { createCatalogue } from "./products/catalogue.ts";
import { loadProducts } from "./products/load.ts";

process.setSourceMapsEnabled(true);

const config = configure();
const logger = pino({
  level: config.logLevel,
  base: { service: "catalog", version: config.version },
  messageKey: "message",
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
});

await serve().catch(fail);

async function serve(): Promise<void> {
  const catalogue = createCatalogue(loadProducts(new URL("./assets/products.jsonl", import.meta.url)));
  const app = await buildApp({ catalogue, version: config.version, logger, clock: systemClock });

  const listening = app.server.listen({
    host: config.host,
    port: config.port,
    listenTextResolver: (address) => `serving ${catalogue.size} products at ${address}`,
  });

  const end = async (signal: string) => {
    // A second signal is someone who does not want to wait.
    process.once(signal, () => process.exit(1));
    logger.info({ signal, deadlineMs: config.drainMs }, "draining");
    // A server that is closed while it begins to listen would do neither.
    await listening;
    const cutOff = await app.drain(config.drainMs);
    if (cutOff > 0)
      logger.warn({ requests: cutOff }, "ended with requests unanswered; raise DRAIN_SECONDS, or find what takes so long");
    logger.info("ended");
    process.exit(0);
  };
  process.once("SIGTERM", () => void end("SIGTERM").catch(fail));
  process.once("SIGINT", () => void end("SIGINT").catch(fail));
  await listening;
}

function fail(error: unknown): never {
  logger.fatal({ err: error }, `catalog failed: ${(error as Error).message}`);
  return process.exit(1);
}

function configure() {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(EXIT_CONFIGURATION);
  }
}
