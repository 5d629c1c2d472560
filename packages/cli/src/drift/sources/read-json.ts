import { CommandError } from "../../command/exit";

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Parses a file's JSON object. @throws CommandError `input` */
export function parseObject(text: string, name: string, expected: string): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    const what = text.trim() === "" ? "is empty" : "is not JSON";
    throw new CommandError("input", `${name} ${what}. Expected ${expected}.`);
  }
  if (isRecord(value)) return value;
  throw new CommandError("input", `${name} is not a JSON object. Expected ${expected}.`);
}
