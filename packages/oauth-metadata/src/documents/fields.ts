import { z } from "zod";

/** Longer URLs are not taken: nobody publishes one, and plans carry them. */
const maxUrlLength = 2048;
const maxItems = 500;
const maxItemLength = 300;

const plainText = /^[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\\<>"`]+$/u;

/** An identifier or address: no white space, nothing that a URL must escape (RFC 3986 §2). */
export const identifier = z.string().min(1).max(maxUrlLength).regex(plainText);

/** An address to connect to. */
export const webAddress = identifier.refine((text) => URL.canParse(text) && /^https?:\/\//i.test(text), {
  error: "must be an http(s) URL",
});

/** A list of strings; entries that are not usable are left out, since lists grow by extensions. Empty means absent (RFC 8414 §2). */
export const strings = z
  .array(z.unknown())
  .transform((items) => {
    const usable = items.filter(
      (item): item is string => typeof item === "string" && item.length > 0 && item.length <= maxItemLength,
    );
    return [...new Set(usable.slice(0, maxItems))].sort();
  })
  .transform((items) => (items.length === 0 ? undefined : items));

/** The same in the order of the document, where the first entry is the one that clients take. */
export const orderedStrings = z.array(z.unknown()).transform((items) => {
  const usable = items.filter(
    (item): item is string => typeof item === "string" && item.length > 0 && item.length <= maxItemLength,
  );
  return usable.length === 0 ? undefined : [...new Set(usable.slice(0, maxItems))];
});

/** Whether a list was too long to keep whole. */
export function isCut(list: unknown): boolean {
  return Array.isArray(list) && list.length > maxItems;
}

/** Parses field by field: one that is wrong is left out and named, since the rest of the document still counts. */
export function tolerant<S extends Record<string, z.ZodType>>(
  shape: S,
  object: Readonly<Record<string, unknown>>,
): { readonly value: { readonly [K in keyof S]?: z.infer<S[K]> }; readonly invalid: readonly string[] } {
  const value: Record<string, unknown> = {};
  const invalid: string[] = [];
  for (const name of Object.keys(shape).sort()) {
    const given = Object.hasOwn(object, name) ? object[name] : undefined;
    if (given === undefined || given === null) continue;
    const parsed = (shape[name] as z.ZodType).safeParse(given);
    if (!parsed.success) invalid.push(name);
    else if (parsed.data !== undefined) value[name] = parsed.data;
  }
  return { value: value as { readonly [K in keyof S]?: z.infer<S[K]> }, invalid };
}
