/**
 * What may stand in a pull request's comment of what a plan says. Names and values come from the change under review, which may be
 * anyone's: they go into code, where GitHub makes no mention, link, image or HTML of them, and nothing in them ends the code.
 */

/** Longest line of quoted text, in characters. */
const LINE = 300;

/** Where the line of a command is broken. A single word may be longer. */
const COMMAND_LINE = 120;

/**
 * Characters that are not seen and change how others are: controls, direction marks and overrides, soft hyphens, zero-width ones, and tags,
 * in which a whole hidden text can be written.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** One line of code; safe in a table too. */
export function code(text: string, longest = 80): string {
  const clean = cut(text.replace(UNSEEN, "").replace(/\s+/g, " ").trim(), longest).replaceAll("`", "'").replaceAll("|", "¦");
  return `\`${clean || "(empty)"}\``;
}

/** Lines of code. */
export function block(lines: readonly string[], language = "text"): string {
  const clean = lines.flatMap((line) => line.split("\n")).map((line) => cut(line.replace(UNSEEN, "").trimEnd(), LINE));
  const fence = fenceOf(clean);
  return `${fence}${language}\n${clean.join("\n")}\n${fence}`;
}

/**
 * A shell command, to be copied: never cut, since half a command does something else. A long one continues on further lines.
 *
 * @param words as a shell takes them, quoted where they must be
 */
export function commandBlock(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words.map((each) => each.replace(UNSEEN, ""))) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length + 3 > COMMAND_LINE) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  const fence = fenceOf(lines);
  return `${fence}sh\n${lines.join(" \\\n  ")}\n${fence}`;
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

function fenceOf(lines: readonly string[]): string {
  const longestRun = Math.max(0, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  return "`".repeat(Math.max(3, longestRun + 1));
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
