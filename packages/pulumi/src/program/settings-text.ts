import { holdsExactNumber, type Json, stringifyJson } from "@mcpstack/model";
import * as pulumi from "@pulumi/pulumi";

/** Settings as a program gives them: an object, or the text of one in JSON. */
export type SettingsInput = pulumi.Input<Record<string, unknown> | string | undefined>;

/** Settings as the engine takes them: what holds a bigint becomes a text of JSON, since the engine knows no other numbers than doubles. */
export function engineSettings(settings: SettingsInput): SettingsInput {
  if (pulumi.Output.isInstance(settings) || settings instanceof Promise)
    return pulumi.output(settings).apply((known) => textWhereNeeded(known) as string);
  return holdsBigint(settings) ? pulumi.output(settings).apply((known) => textWhereNeeded(known) as string) : settings;
}

function textWhereNeeded(settings: unknown): unknown {
  return holdsExactNumber(settings) ? stringifyJson(settings as Json) : settings;
}

/** Whether a bigint stands in an object or a list that is known by now. */
function holdsBigint(value: unknown): boolean {
  if (typeof value === "bigint") return true;
  if (typeof value !== "object" || value === null || pulumi.Output.isInstance(value) || value instanceof Promise)
    return false;
  return Object.values(value).some(holdsBigint);
}
