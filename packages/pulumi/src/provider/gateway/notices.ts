import type { Notice } from "@mcpstack/reconciler";
import { inPulumisWords } from "../engine/failure";
import { say } from "../engine/say";
import type { Properties } from "../values";
import { labelOf } from "./properties";

/** Says what an update has found out, as the engine's warnings. */
export async function sayNotices(news: Properties, notices: readonly Notice[] = []): Promise<void> {
  for (const { code, path, summary, fix } of notices)
    await say(
      "warning",
      `${labelOf(news)}: ${path.join(".")}: ${inPulumisWords(summary)}\n  ${inPulumisWords(fix)} (${code})`,
    );
}
