import { createLogUpdate } from "log-update";
import { systemClock } from "@fairway/clock";
import { styleOf, type Style } from "./style.ts";

/** Progress on standard error: a live block at a terminal, a line for each event when piped. */
export interface Progress {
  /** Asks for a redraw of the live block; nothing when piped. */
  draw(): void;
  /** A line that stays. */
  line(text: string): void;
  /** Leaves the last picture standing. */
  end(): void;
}

/** @param picture the live block, given the spinner's present glyph */
export function startProgress(
  picture: (spinner: string, style: Style) => string,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  const style = styleOf(stream);
  if (!stream.isTTY) {
    return { draw: () => {}, line: (text) => void stream.write(`${text}\n`), end: () => {} };
  }
  const update = createLogUpdate(stream);
  let frame = 0;
  const draw = () => update(picture(style.glyphs.spin[frame % style.glyphs.spin.length] ?? "", style));
  const timer = systemClock.every(120, () => {
    frame += 1;
    draw();
  });
  draw();
  return {
    draw,
    line: (text) => {
      update.clear();
      stream.write(`${text}\n`);
      draw();
    },
    end: () => {
      timer.cancel();
      update(picture("", style));
      update.done();
    },
  };
}
