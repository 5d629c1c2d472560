import { type Fields, parseJson } from "@mcpstack/model";
import { isUnresolved, knownPart } from "../values/unresolved";

/**
 * A level 1 construct's arguments as they stand now, under the model's names: what the constructor was given and what was set since.
 * Of maps and settings only the part that is known.
 */
export function inputOf(construct: object, fields: Fields): Record<string, unknown> {
  const held = construct as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, unknown][] => {
      if (field.presence === "computed") return [];
      const value = held[`${name}Input`];
      return [[name, field.type === "json" ? parsedSettings(value) : knownPart(value)]];
    }),
  );
}

/** The settings in a JSON text, 0 where a token stands, which may turn out to be anything; the text itself where it is not JSON, or as a whole a token. */
function parsedSettings(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const known = value.replace(/\$\{TfToken\[[^\]]*\]\}/g, "0").replace(/([$%])\1(?=\{)/g, "$1");
    const parsed = parseJson(known);
    return parsed === 0 && isUnresolved(value) ? value : parsed;
  } catch {
    return value;
  }
}
