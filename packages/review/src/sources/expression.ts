import type { Json } from "@mcpstack/model";
import { endOfText } from "./provider-arguments";

/** What an expression comes to; undefined where it is more than values, variables, and texts and lists of these. */
export function evaluated(
  text: string,
  variables: Readonly<Record<string, Json>>,
): { readonly value: Json } | undefined {
  const plain = text.trim();
  if (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(plain)) return { value: JSON.parse(plain) as Json };
  const variable = /^var((?:\.[\p{L}_][\p{L}\p{N}_-]*)+)$/u.exec(plain)?.[1];
  if (variable !== undefined) return variableAt(variable.slice(1).split("."), variables);
  if (plain.startsWith('"'))
    return endOfText(plain, 0) === plain.length ? template(plain.slice(1, -1), variables) : undefined;
  if (!/^\[.*\]$/s.test(plain)) return undefined;
  const elements = partsOf(plain.slice(1, -1)).map((part) => evaluated(part, variables));
  return elements.some((one) => one === undefined) ? undefined : { value: elements.map((one) => one?.value as Json) };
}

function variableAt(path: readonly string[], variables: Readonly<Record<string, Json>>): { value: Json } | undefined {
  const value = path.reduce<Json | undefined>(
    (part, step) =>
      typeof part === "object" && part !== null && !Array.isArray(part) && Object.hasOwn(part, step)
        ? (part as Readonly<Record<string, Json>>)[step]
        : undefined,
    variables as Json,
  );
  return value === undefined || value === null ? undefined : { value };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function template(text: string, variables: Readonly<Record<string, Json>>): { value: Json } | undefined {
  // Control sequences, and escapes of code points, are more than is read here.
  if (/%\{|\\[uU]/.test(text.replaceAll("%%{", ""))) return undefined;
  const only = /^\$\{\s*([^{}"]*?)\s*\}$/.exec(text)?.[1];
  if (only !== undefined) return evaluated(only, variables);
  const parts = [...text.matchAll(/\$\$\{|\\(.)|\$\{\s*([^{}"]*?)\s*\}|\$\{|[^$\\]+|\$/gs)].map(
    ([found, escaped, inner]) => {
      if (found === "$${") return "${";
      if (escaped !== undefined) return escapes[escaped];
      if (found === "${") return undefined;
      if (inner === undefined) return found;
      const told = evaluated(inner, variables)?.value;
      return typeof told === "string" || typeof told === "number" ? String(told) : undefined;
    },
  );
  return parts.includes(undefined) ? undefined : { value: parts.join("") };
}

/** Elements of a list, parted at commas outside of brackets and texts. */
function partsOf(list: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < list.length; at += 1) {
    const next = list.charAt(at);
    if (next === '"') at = endOfText(list, at) - 1;
    else if ("{[(".includes(next)) depth += 1;
    else if ("}])".includes(next)) depth -= 1;
    else if (next === "," && depth === 0) {
      parts.push(list.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, list.slice(from)].map((part) => part.trim()).filter((part) => part !== "");
}

/** What an expression refers to, without what of it is taken, such as `var.org` and `local.region`. */
export function rootsIn(text: string): string[] {
  return [
    ...new Set(
      [
        ...text.matchAll(
          /(?<![\p{L}\p{N}_.-])(?:var|local|each|module|data|terraform|path)\.[\p{L}_][\p{L}\p{N}_-]*/gu,
        ),
      ].map(([name]) => name),
    ),
  ].sort();
}
