import { closedUp, type Token } from "../../hcl/lex";
import { isRecord } from "../values";
import { decidingValue } from "../variable-definition";
import { spacedAlike, type TypeConstraint, typeConstraint } from "./type-constraint";
import { Unresolved } from "./unresolved";

/** A variable's definition, which JSON syntax may have in a list. */
function blockOf(definition: unknown): unknown {
  return Array.isArray(definition) && definition.length === 1 ? definition[0] : definition;
}

/** What decides the value of a variable. */
export function meaningOfVariable(definition: unknown): unknown {
  const block = blockOf(definition);
  if (!isRecord(block)) return definition;
  const { type, nullable, ...deciding } = decidingValue(block);
  // Without a default there is nothing that could stand in the place of null.
  const isNullable = nullable === undefined || nullable === true || !Object.hasOwn(block, "default");
  return {
    ...deciding,
    ...(type === undefined ? {} : { type: typeof type === "string" ? spacedAlike(type) : type }),
    ...(isNullable ? {} : { nullable }),
  };
}

/**
 * What a variable is where it is given no value: its default, as its type converts and completes it.
 *
 * @param written - How the variable is referred to, for people.
 * @returns Unresolved, also within it, for what only the engine can tell; undefined for a variable of which nothing is known.
 */
export function defaultOf(definition: unknown, written: string): unknown {
  const block = blockOf(definition);
  if (!isRecord(block) || (block.sensitive ?? false) !== false || !Object.hasOwn(block, "default")) return undefined;
  if (block.type === undefined) return block.default;
  const type = typeConstraint(block.type);
  return type && converted(type, block.default, written);
}

/** What a value comes to in a type: the engine converts it, and puts defaults in the place of what is left out of it. */
function converted(type: TypeConstraint, value: unknown, written: string): unknown {
  const open = () => new Unresolved(JSON.stringify(["converted", type.text, value]), written);
  if (value === null) return null;
  switch (type.kind) {
    case "any":
      return value;
    case "string":
      return typeof value === "string" ? value : typeof value === "boolean" || isShort(value) ? String(value) : open();
    case "number":
      return typeof value === "number"
        ? value
        : isShort(Number(value)) && String(Number(value)) === value
          ? Number(value)
          : open();
    case "bool":
      return typeof value === "boolean" ? value : value === "true" ? true : value === "false" ? false : open();
    case "list":
      return Array.isArray(value) && isAlike(type, value)
        ? value.map((element) => converted(type.of, element, written))
        : open();
    case "set":
      return Array.isArray(value) && isAlike(type, value)
        ? asSet(value.map((element) => converted(type.of, element, written)))
        : open();
    case "map":
      return isRecord(value) && isAlike(type, Object.values(value))
        ? mapped(value, (member) => converted(type.of, member, written))
        : open();
    case "tuple":
      return Array.isArray(value) && value.length === type.elements.length
        ? type.elements.map((one, index) => converted(one, value[index], written))
        : open();
    case "object":
      if (!isRecord(value)) return open();
      return Object.fromEntries(
        [...type.attributes].map(([name, attribute]) => {
          const member = Object.hasOwn(value, name) ? value[name] : undefined;
          if (member !== undefined && member !== null) return [name, converted(attribute.type, member, written)];
          if (attribute.optional === undefined) return [name, member === null ? null : open()];
          return [name, filledIn(attribute.type, attribute.optional.fill, written)];
        }),
      );
  }
}

/** The default of an attribute that is left out, as `optional(type, default)` has it. */
function filledIn(type: TypeConstraint, fill: readonly Token[] | undefined, written: string): unknown {
  if (fill === undefined) return null;
  const text = closedUp(fill, { texts: true });
  const value = /[$%]\{/.test(text) ? undefined : literalOf(text);
  return value === undefined
    ? new Unresolved(JSON.stringify(["filled in", type.text, text]), written)
    : converted(type, value, written);
}

/** A number, a truth value, a text, or a list or an object of these as JSON writes them. */
export function literalOf(expression: string): unknown {
  try {
    return JSON.parse(expression);
  } catch {
    return undefined;
  }
}

/** Engines write further digits, and what JSON has with an exponent, in ways of their own. */
function isShort(value: unknown): value is number {
  return typeof value === "number" && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(String(value));
}

/** Where anything may be an element, engines find one type for all of them. Those of one type stay as they are. */
function isAlike({ of }: TypeConstraint & { readonly of: TypeConstraint }, elements: readonly unknown[]): boolean {
  if (!/\bany\b|^(?:list|map)$/.test(of.text)) return true;
  return new Set(elements.filter((element) => element !== null).map(shapeOf)).size < 2;
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(shapeOf));
  if (!isRecord(value)) return value === null ? "null" : typeof value;
  return JSON.stringify(
    Object.entries(value)
      .map(([name, member]) => [name, shapeOf(member)])
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  );
}

/** Engines bring the texts of a set into an order of their own. */
function asSet(elements: readonly unknown[]): readonly unknown[] {
  return elements.every((element) => typeof element === "string") ? [...new Set(elements)].sort() : elements;
}

function mapped(value: Record<string, unknown>, change: (member: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, change(member)]));
}
