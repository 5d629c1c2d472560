import { connectionFields, type Json, snakeCase } from "@mcpstack/model";
import type { ProviderChange } from "../../changes/change";
import type { Kept } from "../document";
import { isOurSource } from "../provider-values";
import { isRecord, readValues, text } from "../values";

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
    kept.flatMap(({ path, value }): [string, Variable][] =>
      path[1] === "variables" && path.length === 3 && isRecord(value)
        ? [[String(path[2]), { value: value.value, isSecret: secret.has(path[2]) }]]
        : [],
    ),
  );
  return kept.flatMap(({ path, value }): ProviderChange[] => {
    if (path[1] !== "configuration" || path[2] !== "provider_config" || !isRecord(value) || !isOurs(value)) return [];
    const inModule = value.module_address !== undefined;
    // Of a module that inherits its provider nothing is said here. One without arguments in the root module is a configuration all the
    // same: that of the defaults.
    const expressions = value.expressions ?? (inModule ? undefined : {});
    if (!isRecord(expressions)) return [];
    // A module's variables are its caller's affair.
    return [providerOf(String(path[3]), expressions, inModule ? new Map() : variables)];
  });
}

interface Variable {
  readonly value: unknown;
  readonly isSecret: boolean;
}

/** By its source: a program may call it anything. Terraform before 1.1 gives the name alone. */
function isOurs({ full_name: fullName, name }: Record<string, unknown>): boolean {
  const source = text(fullName);
  return source === undefined ? name === "mcpstack" : isOurSource(source);
}

function providerOf(
  key: string,
  expressions: Record<string, unknown>,
  variables: ReadonlyMap<string, Variable>,
): ProviderChange {
  const source: Record<string, unknown> = {};
  const unknown = new Set<string>();
  const sensitive = new Set<string>();
  const plainSecrets: string[] = [];
  for (const [name, field] of Object.entries(connectionFields)) {
    const expression = expressions[snakeCase(name)];
    if (!isRecord(expression)) continue;
    if ("sensitive" in field) {
      if (typeof expression.constant_value === "string" && expression.constant_value !== "") plainSecrets.push(name);
      continue;
    }
    const found = told(expression, variables);
    if (found === undefined) unknown.add(name);
    else source[name] = found.value;
    if (found?.isSecret) sensitive.add(name);
  }
  const { values } = readValues(connectionFields, source, noMarks, `provider ${key}`);
  return { key, use: "continued", after: values, unknown, sensitive, hidden: new Set(), plainSecrets };
}

/**
 * The value of an expression: a constant, or the one variable that it refers to. A plan does not hold the text around a variable, so
 * `"${var.host}/x"` reads as the host (docs/review, "What cannot be seen"); anything with more references cannot be told.
 */
function told(
  expression: Record<string, unknown>,
  variables: ReadonlyMap<string, Variable>,
): { value: Json; isSecret: boolean } | undefined {
  if ("constant_value" in expression) return { value: expression.constant_value as Json, isSecret: false };
  const references = Array.isArray(expression.references) ? expression.references : [];
  // `var.a.b` is named with everything that it is a part of.
  const [longest, ...others] = references
    .filter((reference) => typeof reference === "string")
    .sort((a, b) => b.length - a.length);
  if (longest === undefined || !others.every((other) => longest.startsWith(`${other}.`))) return undefined;
  const [root, name, ...path] = longest.split(".");
  const variable = root === "var" && name !== undefined ? variables.get(name) : undefined;
  const value = path.reduce<unknown>(
    (part, step) => (isRecord(part) && Object.hasOwn(part, step) ? part[step] : undefined),
    variable?.value,
  );
  if (variable === undefined || value === undefined) return undefined;
  return { value: value as Json, isSecret: variable.isSecret };
}
