/**
 * Where a value that a JavaScript program wrote holds a whole number beyond 2^53: the language has rounded it before anybody could read it,
 * so that 12345678901234567890 is another number by now.
 */
export function roundedNumbers(
  value: unknown,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  if (typeof value === "number") return Number.isInteger(value) && !Number.isSafeInteger(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap((element, index) => roundedNumbers(element, [...path, index]))
    : Object.entries(value).flatMap(([name, inner]) => roundedNumbers(inner, [...path, name]));
}

/** What is wrong with such a number. */
export const roundedNumber =
  "is a whole number beyond 2^53, which JavaScript has rounded: write it as a bigint, such as 12345678901234567890n";
