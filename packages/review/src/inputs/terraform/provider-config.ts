import { connectionFields, type Json, snakeCase } from "@mcpstack/model";
import type { ProviderChange } from "../../changes/change";
import type { Kept } from "../document";
import { isRecord, readValues } from "../values";

const noMarks = { isUnknown: () => false, isSecret: () => false };

/** The provider configurations that a plan was made with. A plan holds no earlier ones. */
export function providersOf(kept: readonly Kept[]): ProviderChange[] {
  const secret = new Set(
    kept.flatMap(({ path, value }) =>
      path[2] === "root_module" && path[3] === "variables" && isRecord(value) && value.sensitive === true
        ? [path[4]]
        : [],
    ),
  );
  const variables = new Map(
    kept.flatMap(({ path, value }): [string, unknown][] =>
      path[1] === "variables" && path.length === 3 && isRecord(value) && !secret.has(path[2])
        ? [[String(path[2]), value.value]]
        : [],
    ),
  );
  return kept.flatMap(({ path, value }): ProviderChange[] => {
    if (path[1] !== "configuration" || path[2] !== "provider_config" || !isRecord(value)) return [];
    // Of a module that inherits its provider, and of other providers that only mention the word, nothing is said here.
    // One without arguments in the root module is a configuration all the same: that of the defaults.
    const expressions = value.expressions ?? (value.module_address === undefined ? {} : undefined);
    if (value.name !== "mcpstack" || !isRecord(expressions)) return [];
    return [providerOf(String(path[3]).replace(/^.*:/, ""), expressions, variables)];
  });
}

function providerOf(
  key: string,
  expressions: Record<string, unknown>,
  variables: ReadonlyMap<string, unknown>,
): ProviderChange {
  const source: Record<string, unknown> = {};
  const unknown = new Set<string>();
  const plainSecrets: string[] = [];
  for (const [name, field] of Object.entries(connectionFields)) {
    const expression = expressions[snakeCase(name)];
    if (!isRecord(expression)) continue;
    if ("sensitive" in field) {
      if (typeof expression.constant_value === "string" && expression.constant_value !== "") plainSecrets.push(name);
      continue;
    }
    const value = told(expression, variables);
    if (value === undefined) unknown.add(name);
    else source[name] = value;
  }
  return { key, after: readValues(connectionFields, source, noMarks).values, unknown, plainSecrets };
}

/**
 * The value of an expression: a constant, or the one variable that it refers to. A plan does not hold the text around a variable, so
 * `"${var.host}/x"` reads as the host; anything with more references cannot be told.
 */
function told(expression: Record<string, unknown>, variables: ReadonlyMap<string, unknown>): Json | undefined {
  if ("constant_value" in expression) return expression.constant_value as Json;
  const references = Array.isArray(expression.references) ? expression.references : [];
  const [reference] = references;
  if (references.length !== 1 || typeof reference !== "string" || !reference.startsWith("var.")) return undefined;
  const value = variables.get(reference.slice("var.".length));
  return value === null ? undefined : (value as Json | undefined);
}
