import type { Fields, Problem } from "@mcpstack/model";
import { isUnresolved } from "../values/unresolved";

/** What is wrong, one line a problem. The construct's path is put before it by cdktf. */
export function messages(
  problems: readonly Problem[],
  fields: Fields,
  input: Readonly<Record<string, unknown>>,
): string[] {
  return problems.map(({ code, path, message }) => {
    const [name, ...steps] = place(path, input);
    const value = shown(fields, String(name), at(input[String(name)], steps));
    return `${placeText([String(name), ...steps])}${value} ${message} (${code})`;
  });
}

/** The model counts only the elements of a list that are known; people count all. */
function place([name, index, ...rest]: Problem["path"], input: Readonly<Record<string, unknown>>): Problem["path"] {
  const list = input[String(name)];
  if (typeof index !== "number" || !Array.isArray(list))
    return index === undefined ? [name ?? ""] : [name ?? "", index, ...rest];
  const known = list.flatMap((element, position) => (isUnresolved(element) ? [] : [position]));
  return [name ?? "", known[index] ?? index, ...rest];
}

function placeText(path: Problem["path"]): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

function at(value: unknown, steps: Problem["path"]): unknown {
  return steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
    value,
  );
}

/** The value, where it is a text that helps to find the place and can be no secret. */
function shown(fields: Fields, name: string, value: unknown): string {
  const field = fields[name];
  if (!field || field.sensitive || field.type === "json") return "";
  if (typeof value !== "string" || value === "" || isUnresolved(value)) return "";
  // A URL with a password before its host is refused, and not repeated.
  if (/\/\/[^/?#]*@/.test(value)) return "";
  return ` ${JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value)}`;
}
