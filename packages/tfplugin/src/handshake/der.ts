/**
 * The little of DER (ITU-T X.690) that a certificate needs. Written out because every certificate package costs more to load
 * than all the rest of a provider's start.
 */
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OBJECT_IDENTIFIER = 0x06;
export const UTF8_STRING = 0x0c;
export const UTC_TIME = 0x17;
export const SEQUENCE = 0x30;
export const SET = 0x31;

/** One element: tag, length, content. */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const head = size < 0x80 ? [tag, size] : size < 0x100 ? [tag, 0x81, size] : [tag, 0x82, size >> 8, size & 0xff];
  return Buffer.concat([Uint8Array.from(head), body]);
}

export function objectIdentifier(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const septets = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) septets.unshift((left & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return element(OBJECT_IDENTIFIER, Uint8Array.from(bytes));
}

/** UTCTime holds years up to 2049 (RFC 5280 §4.1.2.5.1). */
export function utcTime(time: Date): Buffer {
  const text = time.toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return element(UTC_TIME, Buffer.from(`${text}Z`, "ascii"));
}

/** A bit string of whole bytes. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return element(BIT_STRING, Uint8Array.of(unusedBits), bytes);
}
