import type { Hear, Notice } from "@mcpstack/reconciler";
import { withAdvice } from "./advice";
import { fieldOf, inPulumisWords } from "./failure";
import { say } from "./say";

/** How a notice reads here. One that does not name its resource itself is given the label of that, and names its field. */
export function noticeText({ code, message, path, severity }: Notice, label?: string): string {
  const about = label === undefined ? "" : [label, ...(path.length > 0 ? [fieldOf(path)] : []), ""].join(": ");
  return `${about}${withAdvice(code, inPulumisWords(message), severity)} (${code})`;
}

/** Does a work of the reconciler, and tells the engine what it had to say, whatever became of it. */
export async function hearing<Result>(work: (hear: Hear) => Promise<Result>, label?: string): Promise<Result> {
  const notices: Notice[] = [];
  try {
    return await work((notice) => notices.push(notice));
  } finally {
    for (const notice of notices) await say("warning", noticeText(notice, label));
  }
}
