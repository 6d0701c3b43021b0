import { extname } from "node:path";
import { EXIT, Failure } from "../../failure.ts";

/** What can be drawn, by the ending of the file's name. */
export const GRAPH_FORMATS = [".svg", ".mmd"] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** @throws when a file's name does not say what to draw */
export function checkGraphFile(file: string): GraphFormat {
  const format = GRAPH_FORMATS.find((each) => each === extname(file));
  if (format) return format;
  throw new Failure(`--graph ${file}: name a file that ends in .svg (a picture) or .mmd (Mermaid).`, EXIT.usage);
}
