import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { deferSeldomUsed } from "./lazy-modules.ts";
import type { SdkStore } from "./pending.ts";

/** What the runner uses of the SDK's `runtime/*` modules, which the Automation API's language server uses in the same way. */
export interface Sdk {
  withLocalStorage<T>(work: () => Promise<T>): Promise<T>;
  getStore(): Store;
  resetOptions(
    project: string,
    stack: string,
    parallel: number,
    engine: string,
    monitor: string,
    preview: boolean,
    organization: string,
  ): void;
  setAllConfig(config: Record<string, string>, secretKeys: string[]): void;
  runInPulumiStack(program: () => unknown): Promise<unknown>;
  waitForRPCs(): Promise<void>;
  signalAndWaitForShutdown(): Promise<void>;
  log: Log;
  Output: { prototype: { apply: Apply } };
}

/** `Output.apply`: the function may answer with a promise. */
export type Apply = (this: unknown, work: (value: unknown) => unknown, runWithUnknowns?: boolean) => unknown;

export interface Store extends SdkStore {
  settings: {
    rpcDone: Promise<unknown>;
    monitor?: { close(): void };
    engine?: object;
    options: Record<string, unknown>;
  };
  config: Record<string, string>;
  /** Promises of the SDK that have not settled. */
  leakCandidates: Set<Promise<unknown>>;
  logErrorCount: number;
}

type LogFunction = (
  message: string,
  resource?: { urn: { promise(): Promise<string> } },
  stream?: number,
  ephemeral?: boolean,
) => Promise<void>;
export type Log = Record<"debug" | "info" | "warn" | "error", LogFunction>;

/** The SDK that a program in `folder` imports. */
export function loadSdk(folder: string): Sdk {
  const require = createRequire(join(folder, "package.json"));
  const root = dirname(require.resolve("@pulumi/pulumi/package.json"));
  deferSeldomUsed(root);
  require(root);
  const part = (name: string): Sdk => require(join(root, name)) as Sdk;
  const [state, settings, config, stack] = ["state", "settings", "config", "stack"].map((name) => part(`runtime/${name}.js`)) as [
    Sdk,
    Sdk,
    Sdk,
    Sdk,
  ];
  return {
    withLocalStorage: state.withLocalStorage,
    getStore: state.getStore,
    resetOptions: settings.resetOptions,
    setAllConfig: config.setAllConfig,
    runInPulumiStack: stack.runInPulumiStack,
    waitForRPCs: settings.waitForRPCs,
    signalAndWaitForShutdown: settings.signalAndWaitForShutdown,
    log: require(join(root, "log/index.js")) as Log,
    Output: part("output.js").Output,
  };
}
