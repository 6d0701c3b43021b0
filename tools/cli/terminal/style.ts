import { createColors } from "picocolors";

/** How results are written on one stream: with colour and glyphs for a person, plain when piped or when NO_COLOR is set. */
export interface Style {
  colors: ReturnType<typeof createColors>;
  glyphs: typeof UNICODE;
  /** Columns to write in. */
  width: number;
}

const UNICODE = {
  done: "✔",
  failed: "✖",
  arrow: "→",
  replace: "±",
  minus: "−",
  dots: "…",
  spin: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
};

const ASCII: typeof UNICODE = {
  done: "ok",
  failed: "x",
  arrow: "->",
  replace: "+-",
  minus: "-",
  dots: "...",
  spin: ["-", "\\", "|", "/"],
};

export function styleOf(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv = process.env): Style {
  const color = stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "";
  const unicode = !stream.isTTY || /utf-?8/i.test(locale);
  return { colors: createColors(color), glyphs: unicode ? UNICODE : ASCII, width: Math.min(stream.columns ?? 100, 100) };
}
