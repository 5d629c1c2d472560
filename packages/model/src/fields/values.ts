import { z } from "zod";
import { ExactNumber } from "../json/exact-number";
import { hasUserInformation, type UrlRules, urlProblem, userInformationRefused } from "../urls";

/** Any text: what a service may hold and a program may repeat. */
export const anyText = z.string({ error: "must be a string" });

/** Any text but a URL with a password in it, which no state may hold. */
export const withoutUserInformation = anyText.refine((value) => !hasUserInformation(value), {
  error: userInformationRefused,
});

/** Text of several lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
export const paragraph = anyText.refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), {
  error: "must not contain control characters other than tabs and line breaks",
});

/** A string of one line. What is empty is told before, by whether the field may be left out. */
export const text = anyText
  .min(1, { error: "must not be empty" })
  .refine((value) => value.trim() === value, { error: "must not begin or end with white space" })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), { error: "must not contain control characters" });

/** An absolute URL that keeps the spelling the program gave it. */
export function url(rules: UrlRules): z.ZodType<string> {
  return text.check((context) => {
    const problem = urlProblem(context.value, rules);
    if (problem) context.issues.push({ code: "custom", message: problem, input: context.value });
  });
}

/** A scope token (RFC 6749 §3.3): printable ASCII without space, quotation mark and backslash. */
export const scope = text.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, {
  error:
    "must be one scope token (RFC 6749 §3.3): printable ASCII without spaces, quotes or backslashes, one list element a scope",
});

/** A web origin: scheme, host and, where it is not the default, port; without a path. */
export const origin = text.check((context) => {
  const problem =
    urlProblem(context.value, { query: "refused", insecure: "allowed" }) ??
    (context.value.includes("*") ? "must name one host: a wildcard stands for nothing" : undefined) ??
    (new URL(context.value).pathname === "/" ? undefined : "must be an origin, without a path: scheme://host[:port]");
  if (problem) context.issues.push({ code: "custom", message: problem, input: context.value });
});

/** What JSON can hold; a number that no JavaScript number holds as an `ExactNumber`. */
export type Json = string | number | ExactNumber | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** An object of JSON, and not a list, null or a number. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** A member by its name. What every object inherits, such as `constructor`, is none. */
export function ownValue<Value>(object: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.instanceof(ExactNumber),
    z.array(json),
    z.record(z.string(), json),
  ]),
);

/** Settings by name, as JSON holds them. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json, { error: "must be a JSON object" });
