import type { RunRequest } from "./types.ts";

type References = RunRequest["references"];

/** Lets a bounded number of programs work at once. */
export interface Turns {
  /** Runs `work` when it is its turn. While it waits for another stack's outputs, its turn is another's: waiting can't block. */
  take<T>(references: References, work: (references: References) => Promise<T>): Promise<T>;
}

/** @param count how many work at once */
export function turns(count: number): Turns {
  let free = count;
  const queue: (() => void)[] = [];
  const give = () => {
    const next = queue.shift();
    if (next) next();
    else free++;
  };
  const wait = (): Promise<void> | undefined => {
    if (free > 0) return void free--;
    return new Promise<void>((resolve) => queue.push(resolve));
  };

  return {
    async take(references, work) {
      await wait();
      let waiting = 0;
      let over = false;
      try {
        return await work(async (name) => {
          if (waiting++ === 0) give();
          try {
            return await references(name);
          } finally {
            if (--waiting === 0 && !over) await wait();
          }
        });
      } finally {
        over = true;
        if (waiting === 0) give();
      }
    },
  };
}
