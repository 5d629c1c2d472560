import { isEmpty } from "@mcpstack/model";
import { safeText, withoutUserInformation } from "@mcpstack/oauth-metadata";
import type { Run } from "../run";

/** A value of a profile as a message may show it: without secrets; undefined where there is none. */
export function shownValue(run: Run, value: unknown): string | undefined {
  if (isEmpty(value)) return undefined;
  return safeText(withoutUserInformation(run.api.secrets.hide([value].flat().join(" "))));
}

/** How a message says that there is no value. */
export const notSet = "(not set)";
