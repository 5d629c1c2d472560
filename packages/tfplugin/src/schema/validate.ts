import type { Path } from "../cty/path";
import { isObject, isUnknown, member, type Value, type ValueObject } from "../cty/value";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic";
import { diagnosticsOf } from "../diagnostics/errors";
import type { Validator } from "./attribute";
import type { ChildNode, ObjectNode } from "./schema";

export interface ValidationOptions {
  /** Whether the client keeps write-only values out of its state. */
  readonly writeOnlyAllowed: boolean;
}

/** Runs the validators of every attribute that is configured and known. What Terraform checks itself is not checked again. */
export function validateConfig(object: ObjectNode, config: ValueObject, options: ValidationOptions): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(object, config, config, [], options, found);
  return found;
}

function visit(
  object: ObjectNode,
  value: ValueObject,
  config: ValueObject,
  path: Path,
  options: ValidationOptions,
  found: Diagnostic[],
): void {
  for (const child of object.children) {
    const own = member(value, child.name);
    if (own === null || isUnknown(own)) continue;
    const at = [...path, child.name];
    if (child.writeOnly && !options.writeOnlyAllowed) found.push(writeOnlyRefused(at));
    for (const validator of child.validators) found.push(...judge(validator, own, at, config));
    if (child.object !== undefined) visitNested(child, child.object, own, config, at, options, found);
  }
}

function visitNested(
  child: ChildNode,
  object: ObjectNode,
  value: Value,
  config: ValueObject,
  at: Path,
  options: ValidationOptions,
  found: Diagnostic[],
): void {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      if (isObject(item)) visit(object, item, config, [...at, i], options, found);
    });
  } else if (isObject(value)) {
    if (child.nesting !== "map") visit(object, value, config, at, options, found);
    else
      for (const key of Object.keys(value)) {
        const item = member(value, key);
        if (isObject(item)) visit(object, item, config, [...at, key], options, found);
      }
  }
}

function judge(validator: Validator, value: Value, path: Path, config: ValueObject): readonly Diagnostic[] {
  try {
    const verdict = validator(value, { path, config });
    if (verdict === undefined) return [];
    if (typeof verdict === "string") return [errorDiagnostic("Invalid value", verdict, path)];
    return (Array.isArray(verdict) ? verdict : [verdict as Diagnostic]).map((diagnostic) => ({ path, ...diagnostic }));
  } catch (error) {
    return diagnosticsOf(error, "validate the value", path);
  }
}

function writeOnlyRefused(path: Path): Diagnostic {
  return errorDiagnostic(
    "Write-only attributes are not supported",
    "This version of Terraform would keep the value in its state. Use Terraform 1.11 or later, or leave the attribute out.",
    path,
  );
}
