import { type Json, sameJson } from "@mcpstack/model";
import { isRecord } from "../values";
import { decidingValue } from "../variable-definition";
import type { Configuration } from "./configuration";

/** A variable of the root module, with the value that it was given, or else its default. */
export interface Variable {
  readonly name: string;
  readonly value: Json;
  readonly isSecret: boolean;
  /** Its default, as the engine has converted and completed it; null for none. */
  readonly default: Json;
}

/** Where references stand, and what is known there. */
export interface Place {
  /** Names of the calls that lead to the module. */
  readonly module: readonly string[];
  readonly configuration: Configuration;
  readonly root: ReadonlyMap<string, Variable>;
}

/**
 * What decides what references come to: where two plans have the same of it, nothing says that they come to something else. Undefined
 * where a plan lacks a part of it: it holds what a variable was given, and neither its type nor its `nullable`, which may put something in
 * the place of null and of attributes that were left out.
 */
export function madeFrom(references: readonly string[], place: Place): Json | undefined {
  const sources = references.map((reference) => sourceOf(reference, place));
  return sources.includes(undefined) ? undefined : references.map((one, index) => [one, sources[index] as Json]);
}

function sourceOf(reference: string, place: Place): Json | undefined {
  const { module, configuration, root } = place;
  const [, name, path = ""] = /^var\.([^.[]+)(.*)$/s.exec(reference) ?? [];
  if (name === undefined) return null;
  const definition = decidingIn(configuration.variable(module, name));
  if (module.length === 0) {
    const variable = root.get(name);
    return variable && ofGiven(variable.value, definition, path);
  }
  const expression = configuration.argument(module, name);
  if (!isRecord(expression)) return { default: partAt(definition.default ?? null, path) ?? null };
  if (isConstant(expression)) return ofGiven(expression.constant_value as Json, definition, path);
  const given = madeFrom(referencesOf(expression), { ...place, module: module.slice(0, -1) });
  return given && { given, definition };
}

function ofGiven(value: Json, definition: Record<string, Json>, path: string): Json | undefined {
  const part = partAt(value, path);
  if (isComplete(value, definition.default)) return { value: part ?? null };
  if (part === undefined || part === null) return undefined;
  return holdsObject(part) ? { value: part, definition } : { value: part };
}

/** Whether nothing can take the place of what is left out of a value: it is the default, which the engine has completed. */
export function isComplete(value: Json, itsDefault: Json | undefined): boolean {
  return sameJson(value, itsDefault ?? null);
}

/** What of a variable's definition decides its value, as far as a plan holds it: Terraform's the default, OpenTofu's the type, too. */
function decidingIn(definition: unknown): Record<string, Json> {
  return isRecord(definition) ? decidingValue(definition as Record<string, Json>) : {};
}

/** What a path such as `.a["b"][0]` leads to; of one that is not understood, the whole counts. */
export function partAt(value: Json, path: string): Json | undefined {
  const steps = [...path.matchAll(/\.([^.[\]]+)|\["([^"\\]*)"\]|\[(\d+)\]/g)];
  if (steps.map(([step]) => step).join("") !== path) return value;
  return steps.reduce<unknown>((part, [, name, key, index]) => {
    if (index !== undefined) return Array.isArray(part) ? part[Number(index)] : undefined;
    const step = name ?? key ?? "";
    return isRecord(part) && Object.hasOwn(part, step) ? part[step] : undefined;
  }, value) as Json | undefined;
}

function holdsObject(value: Json): boolean {
  return Array.isArray(value) ? value.some(holdsObject) : isRecord(value);
}

/** Of a program in JSON syntax, a plan gives the text of a template as if it were a value, beside what the template refers to. */
export function isConstant(expression: Record<string, unknown>): boolean {
  if (!("constant_value" in expression)) return false;
  if (hasReferences(expression)) return false;
  // What an escape comes to, `$${`, is not told from a template: nobody calls a configuration's value so.
  return !/[$%]\{/.test(JSON.stringify(expression.constant_value));
}

export function hasReferences({ references }: Record<string, unknown>): boolean {
  return Array.isArray(references) && references.length > 0;
}

/** What an expression refers to. `var.a.b` is named with everything that it is a part of; the longest tells. */
export function referencesOf({ references }: Record<string, unknown>): string[] {
  const texts = Array.isArray(references) ? references.filter((reference) => typeof reference === "string") : [];
  return texts
    .filter((text) => !texts.some((other) => other.startsWith(`${text}.`) || other.startsWith(`${text}[`)))
    .sort();
}
