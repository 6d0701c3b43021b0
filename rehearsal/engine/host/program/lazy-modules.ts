import Module, { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Modules that the SDK loads while it is itself loaded, and that only what few programs do needs: 500 of its 770 modules, three quarters
 * of the time. TypeScript and npm's Arborist serialise functions (dynamic providers); the Automation API runs the Pulumi CLI.
 */
const SELDOM_USED: { from: string; id: string }[] = [
  { from: "runtime/closure/codePaths.js", id: "@npmcli/arborist" },
  { from: "index.js", id: "./typescript-shim.js" },
  { from: "index.js", id: "./automation" },
];

/**
 * Loads the seldom used parts of the SDK in `root` only when something of them is used. A part that another version of the SDK does not
 * have is left alone.
 */
export function deferSeldomUsed(root: string): void {
  for (const { from, id } of SELDOM_USED) defer(createRequire(join(root, from)), id);
}

/** Puts something in the place of a module that becomes the module when it is first looked into. */
function defer(require: NodeJS.Require, id: string): void {
  const path = resolved(require, id);
  if (path === undefined || path in require.cache) return;
  let real: object | undefined;
  const load = (): object => {
    if (real) return real;
    delete require.cache[path];
    return (real = require(path) as object);
  };
  const stand = new Module(path);
  stand.filename = path;
  stand.loaded = true;
  stand.exports = new Proxy(
    {},
    {
      // What imports a module with `__esModule` takes it as it is; otherwise all of its exports would be copied, and loaded, at once.
      get: (_, key) => (key === "__esModule" && !real ? true : Reflect.get(load(), key)),
      has: (_, key) => Reflect.has(load(), key),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, key) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(load(), key);
        return descriptor && { ...descriptor, configurable: true };
      },
    },
  );
  require.cache[path] = stand;
}

function resolved(require: NodeJS.Require, id: string): string | undefined {
  try {
    return require.resolve(id);
  } catch {
    return undefined;
  }
}
