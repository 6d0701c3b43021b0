/** `node main.ts FOLDER COUNT`: plans the reference platform's production with COUNT services, as `fairway plan --json` would. */
import { enableCompileCache } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

enableCompileCache(join(resolve(fileURLToPath(new URL("../..", import.meta.url))), ".fairway/compile-cache"));
const { planServices } = await import("./plan-services.ts");

const [folder, count] = process.argv.slice(2);
if (!folder || !Number.isInteger(Number(count))) throw new Error("usage: node main.ts FOLDER COUNT");
console.log(JSON.stringify(await planServices(folder, Number(count)), null, 2));
