import { hasUserInformation, ownValue, parseUrl } from "@mcpstack/model";
import { z } from "zod";
import { safeText } from "../text/safe-text";
import { withoutUserInformation } from "../text/user-information";

/** Longer URLs are not taken: nobody publishes one, and plans carry them. */
const maxUrlLength = 2048;
const maxItems = 500;
const maxItemLength = 300;

const plainText = /^[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\\<>"`]+$/u;

/**
 * An identifier or address: no white space, nothing that a URL must escape (RFC 3986 §2). One with user information is not taken: from here on
 * it would reach state, plans and reports, and with it what may be a password.
 */
export const identifier = z
  .string()
  .min(1)
  .max(maxUrlLength)
  .regex(plainText)
  .refine((text) => !hasUserInformation(text), { error: "must not carry user information" });

/** An address to connect to. */
export const webAddress = identifier.refine((text) => parseUrl(text) !== undefined && /^https?:\/\//i.test(text), {
  error: "must be an http(s) URL",
});

/** Free text, made safe to show. */
export const shownText = z
  .string()
  .max(5000)
  .transform((text) => safeText(withoutUserInformation(text)));

/** An entry of a list: a scope, a method, an identifier. Nothing that is invisible or that a terminal would obey. */
const entry = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+$/u;

/** A list in the order of the document. Entries that are not usable are left out; empty means absent (RFC 8414 §2). */
export const orderedStrings = z.array(z.unknown()).transform((items) => {
  const usable = items
    .slice(0, maxItems)
    .filter(
      (item): item is string =>
        typeof item === "string" &&
        item.length > 0 &&
        item.length <= maxItemLength &&
        entry.test(item) &&
        !hasUserInformation(item),
    );
  return usable.length === 0 ? undefined : [...new Set(usable)];
});

/** The same sorted, where order means nothing. */
export const strings = orderedStrings.transform((items) => items?.sort());

/** What an address is without the user information that keeps it from being taken; undefined where that is not what is wrong with it. */
export function bareAddress(given: unknown): string | undefined {
  if (typeof given !== "string" || !hasUserInformation(given)) return undefined;
  const url = parseUrl(given);
  if (!url) return undefined;
  url.username = "";
  url.password = "";
  return webAddress.safeParse(url.href).success ? url.href : undefined;
}

/** Whether a list was too long to keep whole. */
export function isCut(list: unknown): boolean {
  return Array.isArray(list) && list.length > maxItems;
}

/** Documents that are remembered by what they say, and the longest of them, in UTF-16 code units: together no more than a megabyte or two. */
const remembered = { documents: 64, length: 8_192 } as const;

/**
 * Parses each document once, however many gateways share it. Each gateway's memory has a copy of its own, so that a document is known by
 * what it says: that takes a hundredth of the time that parsing takes.
 */
export function once<T>(
  parse: (object: Readonly<Record<string, unknown>>) => T,
): (object: Readonly<Record<string, unknown>>) => T {
  const parsed = new WeakMap<object, { readonly value: T }>();
  const bySaid = new Map<string, { readonly value: T }>();
  return (object) => {
    const known = parsed.get(object) ?? alike(object, bySaid, parse);
    parsed.set(object, known);
    return known.value;
  };
}

function alike<T>(
  object: Readonly<Record<string, unknown>>,
  bySaid: Map<string, { readonly value: T }>,
  parse: (object: Readonly<Record<string, unknown>>) => T,
): { readonly value: T } {
  const said = textOf(object);
  const known = said === undefined ? undefined : bySaid.get(said);
  if (known) return known;
  const made = { value: parse(object) };
  if (said === undefined || said.length > remembered.length) return made;
  const [oldest] = bySaid.keys();
  if (oldest !== undefined && bySaid.size >= remembered.documents) bySaid.delete(oldest);
  bySaid.set(said, made);
  return made;
}

/** Undefined where a stranger's document is nested deeper than the stack is. */
function textOf(object: Readonly<Record<string, unknown>>): string | undefined {
  try {
    return JSON.stringify(object);
  } catch {
    return undefined;
  }
}

/** Parses field by field: one that is wrong is left out and named, since the rest of the document still counts. */
export function tolerant<S extends Record<string, z.ZodType>>(
  shape: S,
  object: Readonly<Record<string, unknown>>,
): { readonly value: { readonly [K in keyof S]?: z.infer<S[K]> }; readonly invalid: readonly string[] } {
  const value: Record<string, unknown> = {};
  const invalid: string[] = [];
  for (const name of Object.keys(shape).sort()) {
    const given = ownValue(object, name);
    if (given === undefined || given === null) continue;
    const parsed = (shape[name] as z.ZodType).safeParse(given);
    if (!parsed.success) invalid.push(name);
    else if (parsed.data !== undefined) value[name] = parsed.data;
  }
  return { value: value as { readonly [K in keyof S]?: z.infer<S[K]> }, invalid };
}

/** What a parsed document looks like where it was remembered: its texts and lists were judged when it was read. */
export function rememberedDocument(shape: Readonly<Record<string, z.ZodType>>, needed: readonly string[] = []) {
  const fields = Object.entries(shape).map(([name, type]) => {
    const kind =
      type === strings || type === orderedStrings ? texts : type instanceof z.ZodBoolean ? z.boolean() : z.string();
    return [name, needed.includes(name) ? kind : kind.optional()] as const;
  });
  return z.looseObject({
    ...Object.fromEntries(fields),
    invalid_fields: texts.optional(),
    cut_fields: texts.optional(),
    bare_addresses: z.record(z.string(), z.string()).optional(),
  });
}

const texts = z.array(z.string());

/** Why the field that a document cannot do without is not usable, as a clause; undefined where an object has no field of such a document. */
export function problemOf<S extends Record<string, z.ZodType>>(
  shape: S,
  object: Readonly<Record<string, unknown>>,
  name: keyof S & string,
): string | undefined {
  if (!Object.keys(shape).some((field) => Object.hasOwn(object, field))) return undefined;
  const given = ownValue(object, name);
  if (given === undefined || given === null) return `it names no ${name}`;
  if (typeof given !== "string")
    return `its ${name} is ${Array.isArray(given) ? "a list" : `of the type ${typeof given}`}, not a text`;
  return hasUserInformation(given)
    ? `its ${name} has user information before the host`
    : `its ${name} is not a usable identifier`;
}
