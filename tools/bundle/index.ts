export { bundleService, type Bundle } from "./bundle.ts";
export type { BundleFile } from "./content.ts";
export { sourceDigest, sourceInputs, type SourceInputs } from "./source-digest.ts";
export { findWorkspaceRoot } from "./workspace.ts";
