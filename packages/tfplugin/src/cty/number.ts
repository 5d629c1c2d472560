import { Decimal } from "./value";

/** A number of Terraform: arbitrary precision, as the narrowest of the three that holds it exactly. */
export type CtyNumber = number | bigint | Decimal;

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Exponents above this would make texts of megabytes out of a few bytes. */
const MAX_EXPONENT = 100_000;

/** The number that a decimal text is, exactly; undefined where it is not one. */
export function parseNumber(text: string): CtyNumber | undefined {
  const parts = DECIMAL.exec(text);
  if (parts === null)
    return /^[+-]?inf(inity)?$/i.test(text) ? (text.startsWith("-") ? -Infinity : Infinity) : undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  if (whole === "" && fraction === "") return undefined;
  const shift = Number(exponent);
  if (Math.abs(shift) > MAX_EXPONENT) return undefined;
  return fromDigits(sign === "-", whole + fraction, fraction.length - shift);
}

/** The number `digits` divided by ten to the power of `scale`. */
function fromDigits(negative: boolean, digits: string, scale: number): CtyNumber {
  let text = digits;
  let places = scale;
  if (places < 0) {
    text += "0".repeat(-places);
    places = 0;
  }
  if (text.length <= places) text = "0".repeat(places - text.length + 1) + text;
  const whole = text.slice(0, text.length - places).replace(/^0+(?=\d)/, "");
  const fraction = text.slice(text.length - places).replace(/0+$/, "");
  const sign = negative && (whole !== "0" || fraction !== "") ? "-" : "";
  if (fraction === "") return normalizeInteger(BigInt(sign + whole));
  const plain = `${sign}${whole}.${fraction}`;
  const number = Number(plain);
  return decimalText(number) === plain ? number : new Decimal(plain);
}

export function normalizeInteger(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}

/** The number as the narrowest kind that holds it: what equality is decided on. NaN is not a number of Terraform. */
export function normalizeNumber(value: CtyNumber): CtyNumber | undefined {
  if (typeof value === "bigint") return normalizeInteger(value);
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
    if (Number.isNaN(value)) return undefined;
    return Number.isInteger(value) ? BigInt(value) : value;
  }
  return parseNumber(value.text);
}

/** Plain decimal text: no exponent. */
export function numberText(value: CtyNumber): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return decimalText(value);
  return value.text;
}

function decimalText(value: number): string {
  const text = String(value);
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const places = fraction.length - Number(exponent);
  const digits = whole + fraction;
  if (places <= 0) return sign + digits + "0".repeat(-places);
  const padded = digits.padStart(places + 1, "0");
  return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** How many binary digits follow the point of a finite, fractional number. */
function binaryPlaces(value: number): number {
  let places = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    // Twice, where one multiplication would leave the range of subnormal numbers inexact: doubling is always exact.
    scaled *= 2;
    places++;
  }
  return places;
}

/**
 * Whether the binary number is exactly the decimal that it is printed as: a fraction with k binary digits has exactly k
 * decimal ones.
 */
export function isExactDecimal(value: number): boolean {
  if (Number.isInteger(value) || !Number.isFinite(value)) return true;
  const text = decimalText(value);
  return text.length - text.indexOf(".") - 1 === binaryPlaces(value);
}

/** The exact value of a float that came over the wire as binary. */
export function fromFloat(value: number): CtyNumber {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? (value === 0 ? 0 : value) : BigInt(value);
  if (!Number.isFinite(value) || isExactDecimal(value)) return value;
  const places = binaryPlaces(value);
  // value = m / 2^k = m * 5^k / 10^k
  let mantissa = Math.abs(value);
  for (let i = 0; i < places; i++) mantissa *= 2;
  const digits = (BigInt(mantissa) * 5n ** BigInt(places)).toString();
  return fromDigits(value < 0, digits, places);
}
