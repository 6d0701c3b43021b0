import { spawn, execFileSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../workspace/checkout.ts";

/** A copy of this checkout, with state, keys, caches and ports of its own, in which a test may change anything. */
export interface Checkout {
  folder: string;
  ports: { staging: number; production: number };
  /** Replaces text in a file. @throws when it is not there: a test must not go on with what it did not change */
  edit(file: string, from: string | RegExp, to: string): void;
  /** Runs `fairway` to its end. */
  fairway(...args: string[]): Promise<Ended>;
  /** Starts `fairway` with what must be loaded before it, for example something that kills it. */
  start(args: string[], options?: { preload?: string; env?: Record<string, string> }): Running;
  git(...args: string[]): string;
  remove(): Promise<void>;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcess;
  /** Resolves when standard output or error holds `text`. @throws with all that was printed, when the command ends before */
  printed(text: string | RegExp): Promise<void>;
  ended: Promise<Ended>;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** The stacks that no service on ECS stands on: tests of rehearsals that are about services do without, since each is a process a run. */
export const BESIDE_SERVICES = ["account", "registry", "kubernetes", "kubernetes-addons"];

/** @param options `without`: stacks that the copy has no project of */
export async function copyCheckout(options: { without?: readonly string[] } = {}): Promise<Checkout> {
  const folder = mkdtempSync(join(tmpdir(), "fairway-e2e-"));
  const files = execFileSync("git", ["-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((name) => name !== "" && existsSync(join(ROOT, name))))
    cpSync(join(ROOT, file), join(folder, file));
  for (const stack of options.without ?? []) rmSync(join(folder, "infra/stacks", stack, "Pulumi.yaml"));
  for (const modules of installedIn(ROOT)) copyByLinks(join(ROOT, modules), join(folder, modules));
  const ports = { staging: await freePort(), production: await freePort() };
  const own = { FAIRWAY_KEY_FOLDER: join(folder, ".test-keys"), XDG_CACHE_HOME: join(folder, ".test-cache") };
  const running = new Set<Running>();
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=test", "-c", "user.email=test@acme.example", ...args], {
      encoding: "utf8",
    });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message=start");

  const checkout: Checkout = {
    folder,
    ports,
    git,
    edit: (file, from, to) => {
      const before = readFileSync(join(folder, file), "utf8");
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} does not hold ${String(from)}`);
      writeFileSync(join(folder, file), after);
    },
    start: (args, options = {}) => {
      const preload = options.preload ? ["--import", options.preload] : [];
      const one = run(
        spawn(process.execPath, [...preload, join(folder, "tools/cli/main.ts"), ...args], {
          cwd: folder,
          env: { ...process.env, ...own, ...options.env, NO_COLOR: "1" },
          stdio: ["ignore", "pipe", "pipe"],
        }),
      );
      running.add(one);
      void one.ended.then(() => running.delete(one));
      return one;
    },
    fairway: (...args) => checkout.start(args).ended,
    remove: async () => {
      await Promise.all([...running].map((one) => one.stop("SIGKILL")));
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return checkout;
}

function run(child: ChildProcess): Running {
  const output = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
      for (const look of waiting) look();
    });
  }
  const ended = once(child, "close").then(([code, signal]): Ended => ({ code, signal, ...output }));
  return {
    process: child,
    ended,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = [output.stdout, output.stderr].some((all) =>
            typeof text === "string" ? all.includes(text) : text.test(all),
          );
          if (found) {
            waiting.delete(look);
            resolve();
          }
        };
        waiting.add(look);
        void ended.then(() => reject(new Error(`ended without printing ${String(text)}:\n${output.stdout}\n${output.stderr}`)));
        look();
      }),
    stop: async (signal = "SIGINT") => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Hard links where the system has them: half a gigabyte in half a second, and every path lies inside the copy. */
function copyByLinks(from: string, to: string): void {
  try {
    execFileSync("cp", ["-al", from, to], { stdio: "ignore" });
  } catch {
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

/** Every node_modules of a checkout: the root's, and those of workspaces that need a version of their own. */
function installedIn(root: string): string[] {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as { packages: Record<string, unknown> };
  const folders = Object.keys(lock.packages).filter((path) => !path.includes("node_modules"));
  return folders.map((path) => join(path, "node_modules")).filter((path) => existsSync(join(root, path)));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
