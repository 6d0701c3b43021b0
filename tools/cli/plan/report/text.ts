/** `left`, and `right` at the end of the line. */
export function columns(left: string, right: string, width: number): string {
  return `${left}${" ".repeat(Math.max(2, width - visible(left) - visible(right)))}${right}`;
}

/** Fills lines up to `width`, continuing under where the list began. */
export function wrap(start: string, items: readonly string[], width: number, separator = ", "): string {
  const lines = [start];
  const by = visible(start);
  items.forEach((item, index) => {
    const text = index < items.length - 1 ? `${item}${separator}` : item;
    const line = lines.at(-1) ?? "";
    if (visible(line) > by && visible(line) + visible(text.trimEnd()) > width) lines.push(" ".repeat(by));
    lines[lines.length - 1] += text;
  });
  return lines.map((line) => line.trimEnd()).join("\n");
}

export const count = (n: number, thing: string) => `${n} ${thing}${n === 1 ? "" : "s"}`;

export const indent = (text: string, by: number) => text.trimEnd().replaceAll("\n", `\n${" ".repeat(by)}`);

/** `$1,214`; with cents where they matter. Never in the reader's own notation: a report is the same bytes everywhere. */
export function money(usd: number, cents = usd !== 0 && Math.abs(usd) < 10): string {
  const [whole = "", fraction = ""] = Math.abs(usd)
    .toFixed(cents ? 2 : 0)
    .split(".");
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction && `.${fraction}`}`;
}

/** `+$38`, `−$2.50`, `±$0`. */
export function moneyChange(usd: number, minus: string, cents?: boolean): string {
  const amount = money(usd, cents);
  if (/^\$[0.]+$/.test(amount)) return "±$0";
  return `${usd > 0 ? "+" : minus}${amount}`;
}

// Colour codes take no columns.
export const visible = (text: string) => text.replace(/\u001b\[\d+m/g, "").length;
