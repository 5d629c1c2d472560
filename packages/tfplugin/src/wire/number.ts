import { ValueError, WireError } from "../cty/errors";
import {
  type CtyNumber,
  fromFloat,
  isExactDecimal,
  normalizeInteger,
  normalizeNumber,
  numberText,
  parseNumber,
} from "../cty/number";
import type { Path } from "../cty/path";
import { Decimal, type Value } from "../cty/value";
import type { MsgpackReader } from "./reader";
import type { MsgpackWriter } from "./writer";

const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

/** The shortest integer or float that is exactly the number, else its decimal text. */
export function writeNumber(writer: MsgpackWriter, value: Value, path: Path): void {
  if (typeof value === "number" && Number.isSafeInteger(value)) {
    writer.int(value === 0 ? 0 : value);
    return;
  }
  if (typeof value !== "number" && typeof value !== "bigint" && !(value instanceof Decimal))
    throw new ValueError(path, `expected a number, got ${kindOf(value)}`);
  const number = normalizeNumber(value);
  if (number === undefined) throw new ValueError(path, `${String(value)} is not a number`);
  if (typeof number === "bigint") {
    if (number >= INT64_MIN && number <= UINT64_MAX) writer.int(number);
    else if (Number.isFinite(Number(number)) && BigInt(Number(number)) === number) writer.float(Number(number));
    else writer.string(number.toString());
  } else if (typeof number === "number") {
    if (Number.isSafeInteger(number)) writer.int(number);
    else if (isExactDecimal(number)) writer.float(number);
    else writer.string(numberText(number));
  } else writer.string(number.text);
}

export function readNumber(reader: MsgpackReader): CtyNumber {
  const found = reader.number();
  if ("integer" in found) return typeof found.integer === "bigint" ? normalizeInteger(found.integer) : found.integer;
  if ("float" in found) {
    if (Number.isNaN(found.float)) throw new WireError("Not a number (NaN) is no value of Terraform.");
    return fromFloat(found.float);
  }
  const number = parseNumber(found.text);
  if (number === undefined) throw new WireError(`${JSON.stringify(found.text.slice(0, 50))} is not a number.`);
  return number;
}

/** What a value is, for a message about the wrong kind: never the value itself, which may be a secret. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Decimal || typeof value === "bigint" || typeof value === "number") return "a number";
  if (typeof value === "object")
    return value.constructor === Object || !value.constructor ? "an object" : `a ${value.constructor.name}`;
  return `a ${typeof value}`;
}
