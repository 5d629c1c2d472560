import { holdsExactNumber, type Json, stringifyJson } from "@mcpstack/model";
import * as pulumi from "@pulumi/pulumi";

/** Settings as a program gives them: an object, or the text of one in JSON. */
export type SettingsInput = pulumi.Input<Record<string, unknown> | string | undefined>;

/** Settings as the engine takes them: what holds a bigint becomes a text of JSON, since the engine knows no other numbers than doubles. */
export function engineSettings(settings: SettingsInput): SettingsInput {
  if (!isLater(settings) && !holdsBigint(settings)) return settings;
  return pulumi
    .output(settings)
    .apply((known) => (holdsExactNumber(known) ? stringifyJson(known as Json) : (known as Record<string, unknown>)));
}

function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a bigint stands in an object or a list that is known by now. */
function holdsBigint(value: unknown): boolean {
  if (typeof value === "bigint") return true;
  if (typeof value !== "object" || value === null || isLater(value)) return false;
  return Object.values(value).some(holdsBigint);
}
