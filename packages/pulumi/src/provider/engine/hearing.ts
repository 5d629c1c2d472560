import type { Hear, Notice } from "@mcpstack/reconciler";
import { adoptHint, inPulumisWords } from "./failure";
import { say } from "./say";

/** How a notice reads here. */
export function noticeText({ code, message }: Notice): string {
  return `${inPulumisWords(message)}${adoptHint(code)} (${code})`;
}

/** Does a work of the reconciler, and tells the engine what it had to say, whatever became of it. */
export async function hearing<Result>(work: (hear: Hear) => Promise<Result>): Promise<Result> {
  const notices: Notice[] = [];
  try {
    return await work((notice) => notices.push(notice));
  } finally {
    for (const notice of notices) await say("warning", noticeText(notice));
  }
}
