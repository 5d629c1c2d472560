import { ExactNumber, isJsonObject, type Json, type JsonObject } from "@mcpstack/model";
import { z } from "zod";
import { ApiError } from "../errors/api-error";
import { echoMark } from "../secrets/echo-mark";

/** Where a document came from, to be named in errors. */
export interface Origin {
  readonly method: string;
  readonly path: string;
}

/** An id as the API gives it. A number is taken for its text. */
export const idText = z.union(
  [
    z.string().min(1, { error: "must not be empty" }),
    z.int().transform(String),
    z.instanceof(ExactNumber).transform(String),
  ],
  { error: "must be a text or a whole number" },
);

/** An object with an id, taken out of the object that wraps it where one does. */
export function identifiedObject(
  value: unknown,
  from: Origin,
  ...wrappers: string[]
): JsonObject & { readonly id: string } {
  const document = unwrapped(value, wrappers);
  if (!isJsonObject(document)) throw unexpected(from, `it has ${kindOf(document)} where an object with an id is due`);
  const told = idText.safeParse(document.id);
  if (!told.success) throw unexpected(from, `id ${told.error.issues[0]?.message}`);
  const id = told.data;
  // It would stand in states, paths and messages.
  if (id === echoMark) throw unexpected(from, "its id repeats a secret value, which was not kept");
  // No path leads to these.
  if (id === "." || id === "..") throw unexpected(from, "its id is no id");
  if (!/^[^\p{C}\p{Zl}\p{Zp}]{1,512}$/u.test(id)) {
    throw unexpected(from, "its id is longer than 512 characters or holds some that cannot be shown");
  }
  return document.id === id ? (document as JsonObject & { id: string }) : { ...document, id };
}

function unwrapped(value: unknown, wrappers: readonly string[]): unknown {
  if (!isJsonObject(value) || value.id !== undefined) return value;
  const name = [...wrappers, "data", "item"].find((one) => isJsonObject(value[one]));
  return name === undefined ? value : value[name];
}

export function unexpected(from: Origin, what: string): ApiError {
  return new ApiError({
    code: "unexpected_answer",
    ...from,
    summary: `The answer to ${from.method} ${from.path} cannot be read: ${what}.`,
    hint: "The API may have changed: look for a newer version of this tool.",
    mayHaveHappened: from.method !== "GET",
  });
}

export { isJsonObject as isObject };

/** The first of some fields that holds a text which is not empty. */
export function firstText(document: JsonObject, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = document[name];
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number" || value instanceof ExactNumber) return String(value);
  }
  return undefined;
}

/** A list of texts, or of objects with an id; undefined where there is no list. */
export function texts(value: Json | undefined): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((element: Json) => {
    const text = isJsonObject(element)
      ? firstText(element, "id", "serverId", "mcpServerId", "origin", "slug")
      : element;
    return typeof text === "string" && text !== "" ? [text] : [];
  });
}

/** Leaves undefined fields out, as exact optional properties ask for. */
export function defined<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return value === null ? "null" : "nothing";
  if (value instanceof ExactNumber) return "a number";
  return Array.isArray(value) ? "a list" : `a ${typeof value === "string" ? "text" : typeof value}`;
}
