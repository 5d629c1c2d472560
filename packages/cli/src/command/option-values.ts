import { InvalidArgumentError } from "commander";

/** Collects an option that may be given several times. */
export function repeated(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** A number of seconds; fractions are allowed. */
export function seconds(value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number) || number <= 0 || number > 1_000_000) {
    throw new InvalidArgumentError("It must be a number of seconds greater than 0.");
  }
  return number;
}
