import module from "node:module";
module.enableCompileCache("/work/main/.fairway/compile-cache");
await import("./tmp-prof.ts");
