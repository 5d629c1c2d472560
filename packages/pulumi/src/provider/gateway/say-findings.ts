import type { Finding } from "@mcpstack/model";
import { say } from "../engine/say";
import type { Properties } from "../values";
import { describeFinding } from "./describe-finding";
import { labelOf } from "./properties";

/** Says what a write has come to, where it is not what was written. */
export async function sayFindings(news: Properties, findings: readonly Finding[] = []): Promise<void> {
  for (const finding of findings) await say("warning", describeFinding(labelOf(news), finding));
}
