import { connectionFields, isEmpty, type Problem } from "@mcpstack/model";
import { givenConnection } from "../given";
import { hasUnknown, type Properties } from "../values";
import type { ConnectionValues } from "./settle";

/** Checks a `connection` argument as a program wrote it. What is not known yet is left alone. */
export function connectionProblems(value: unknown): Problem[] {
  if (value === undefined || value === null || hasUnknown(value)) return [];
  if (typeof value !== "object" || Array.isArray(value)) return [problem([], "must be an object")];
  const { apiUrl, organization, credentialFrom, ...rest } = value as Properties;
  return [
    ...Object.keys(rest).map((name) =>
      problem([name], "is not a part of a connection: it takes apiUrl, organization and credentialFrom"),
    ),
    ...fieldProblems("apiUrl", apiUrl),
    ...fieldProblems("organization", organization),
    ...credentialProblems(credentialFrom),
  ];
}

/** The connection that was checked, without what it leaves out. */
export function connectionValues(value: unknown): ConnectionValues {
  return (givenConnection(value) ?? {}) as ConnectionValues;
}

function fieldProblems(name: "apiUrl" | "organization", value: unknown): Problem[] {
  if (isEmpty(value)) return [];
  const result = connectionFields[name].schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => problem([name], issue.message));
}

function credentialProblems(value: unknown): Problem[] {
  if (value === undefined || value === null) return [];
  const names = typeof value === "object" ? Object.entries(value) : [];
  const [only, ...more] = names;
  const named = only && more.length === 0 && (only[0] === "env" || only[0] === "config");
  if (named && typeof only[1] === "string" && only[1] !== "") return [];
  return [
    problem(
      ["credentialFrom"],
      'must be { env: "NAME" } or { config: "key" }: the name of the place that holds the credential, never the credential',
    ),
  ];
}

function problem(path: readonly string[], message: string): Problem {
  return { code: "invalid_value", path: ["connection", ...path], message };
}
