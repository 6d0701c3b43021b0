import { expect, test } from "vitest";
import { block, code, commandBlock, htmlCode } from "./quote.ts";

test.each([
  ["an Arabic letter mark", "\u061c"],
  ["a soft hyphen", "\u00ad"],
  ["a Mongolian vowel separator", "\u180e"],
  ["a tag, in which text hides", "\u{e0041}"],
  ["a direction override", "\u202e"],
])("%s, which nobody sees, is taken out of whatever is quoted", (_, character) => {
  const text = `or${character}ders`;
  expect([code(text), block([text]), htmlCode(text)].join("\n")).not.toContain(character);
  expect(code(text)).toBe("`orders`");
  expect(commandBlock([text])).toContain("\norders\n");
});

test("what is seen stays, beyond the sixteenth bit too", () => {
  expect(code("größe 𝒳 🚀")).toBe("`größe 𝒳 🚀`");
});

test("a command is never cut: a long one goes on in the next line, as a shell reads it", () => {
  const names = Array.from({ length: 20 }, (_, index) => `--allow orders-data::orders-table-${index}`);
  const [first, ...lines] = commandBlock(["npx fairway plan", ...names, "--full"])
    .split("\n")
    .slice(1, -1);
  expect(lines.length).toBeGreaterThan(3);
  expect([first, ...lines].join("\n").replaceAll(/ \\\n {2}/g, " ")).toBe(`npx fairway plan ${names.join(" ")} --full`);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(122);
});
