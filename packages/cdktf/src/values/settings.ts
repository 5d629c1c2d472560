import { roundedNumber, roundedNumbers } from "@mcpstack/model";
import { Fn, type IResolvable, Token } from "cdktf";
import { isPlainObject, isUnresolved } from "./unresolved";

/** A value of a setting: what JSON holds, and tokens. A whole number beyond 2^53 is a bigint: JavaScript rounds others. */
export type SettingValue =
  | string
  | number
  | bigint
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

/** What JavaScript has rounded before anybody could read it, one line a number. */
export function roundedSettings(name: string, settings: unknown): string[] {
  if (isUnresolved(settings)) return [];
  return roundedNumbers(withoutTokens(settings), [name]).map(
    (path) => `${path.join(".")} ${roundedNumber} (rounded_number)`,
  );
}

/** A number may be a token, too: its code is one that no program writes. */
function withoutTokens(value: unknown): unknown {
  if (typeof value === "object" ? isUnresolved(value) : Token.isUnresolved(value)) return null;
  if (Array.isArray(value)) return value.map(withoutTokens);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutTokens(inner)]));
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
  return typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "null");
}

/** Terraform reads `${` and `%{` in a string as the beginning of an expression. */
function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
