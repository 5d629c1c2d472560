import { Fn, type IResolvable, Token } from "cdktf";
import { isPlainObject, isUnresolved } from "./unresolved";

/** A value of a setting: what JSON holds, and tokens. */
export type SettingValue =
  | string
  | number
  | boolean
  | null
  | IResolvable
  | readonly SettingValue[]
  | { readonly [name: string]: SettingValue };

/** Settings by their names in the API. */
export interface Settings {
  readonly [name: string]: SettingValue;
}

/**
 * The settings as a Terraform string of JSON. What is known stands there as it is, `${` included, since it is data; a token becomes
 * `${jsonencode(…)}`, which also escapes what Terraform puts there.
 */
export function settingsJson(settings: Settings | IResolvable): string {
  if (isUnresolved(settings)) return Token.asString(Fn.jsonencode(settings));
  return jsonText(settings);
}

function jsonText(value: unknown): string {
  if (typeof value === "string" && !Token.isUnresolved(value)) return escapeTemplates(JSON.stringify(value));
  if (typeof value !== "string" && isUnresolved(value)) return Token.asString(Fn.jsonencode(value));
  if (typeof value === "string") return Token.asString(Fn.jsonencode(value));
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (isPlainObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([name, member]) => `${jsonText(name)}:${jsonText(member)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** Terraform reads `${` and `%{` in a string as the beginning of an expression. */
function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
