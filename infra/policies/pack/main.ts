/** Compiles the policy pack: `node infra/policies/pack/main.ts`. Then: `pulumi preview --policy-pack infra/policies/dist`. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildPack } from "./build.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version, dependencies } = JSON.parse(readFileSync(here("../package.json"), "utf8")) as {
  version: string;
  dependencies: Record<string, string>;
};
const needed = Object.fromEntries(Object.entries(dependencies).filter(([name]) => name.startsWith("@pulumi/")));
await buildPack(here("../../.."), here("../dist"), { version, dependencies: needed });
process.stderr.write(
  "The policy pack is in infra/policies/dist. Use it with: pulumi preview --policy-pack infra/policies/dist\n",
);
