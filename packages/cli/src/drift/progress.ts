import type { Output } from "../command/io";

/** A bar on a terminal that says how far a check is. */
export interface Progress {
  show(done: number, total: number): void;
  /** Takes the bar away. */
  clear(): void;
}

const barWidth = 24;
const noProgress: Progress = { show: () => {}, clear: () => {} };

/** Draws on standard error, and only where that is a terminal. */
export function progressOn(output: Output, wanted: boolean): Progress {
  if (!wanted || output.isTTY !== true) return noProgress;
  let shown = "";
  return {
    show(done, total) {
      if (total === 0) return;
      const full = Math.round((done / total) * barWidth);
      const line = `\r[${"#".repeat(full)}${".".repeat(barWidth - full)}] ${done}/${total}`;
      if (line === shown) return;
      shown = line;
      output.write(line);
    },
    clear() {
      if (shown === "") return;
      output.write(`\r${" ".repeat(shown.length - 1)}\r`);
      shown = "";
    },
  };
}
