/**
 * What may stand in a pull request's comment of what a plan says. Names and values come from the change under review, which may be
 * anyone's: they go into code, where GitHub makes no mention, link, image or HTML of them, and nothing in them ends the code.
 */

/** Longest line of quoted text, in characters. */
const LINE = 300;

/** Characters that are not seen and change how others are: controls, direction overrides, zero-width ones. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** One line of code; safe in a table too. */
export function code(text: string, longest = 80): string {
  const clean = cut(text.replace(UNSEEN, "").replace(/\s+/g, " ").trim(), longest).replaceAll("`", "'").replaceAll("|", "¦");
  return `\`${clean || "(empty)"}\``;
}

/** Lines of code. */
export function block(lines: readonly string[], language = "text"): string {
  const clean = lines.flatMap((line) => line.split("\n")).map((line) => cut(line.replace(UNSEEN, "").trimEnd(), LINE));
  const longestRun = Math.max(0, ...clean.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const fence = "`".repeat(Math.max(3, longestRun + 1));
  return `${fence}${language}\n${clean.join("\n")}\n${fence}`;
}

/** Code within HTML, for a summary: Markdown is not read there. */
export function htmlCode(text: string): string {
  const clean = cut(text.replace(UNSEEN, "").replace(/\s+/g, " ").trim(), 80);
  return `<code>${clean.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</code>`;
}

/** A word of a shell command. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./~^-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
