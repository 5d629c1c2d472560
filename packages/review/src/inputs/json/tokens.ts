/** The bytes that JSON's grammar names (RFC 8259 §2). */
export const byte = {
  tab: 0x09,
  newline: 0x0a,
  return: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** What may follow a backslash, `u` aside: " \\ / b f n r t. */
export const escapable: ReadonlySet<number> = new Set([0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74]);

/** A whole number or literal (RFC 8259 §§3, 6). */
export const scalarPattern = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** Bytes that numbers and literals consist of. */
export function isDigitOrSign(next: number): boolean {
  return (
    (next >= 0x30 && next <= 0x39) ||
    (next >= 0x61 && next <= 0x7a) ||
    next === 0x2d ||
    next === 0x2b ||
    next === 0x2e ||
    next === 0x45
  );
}

/** The length of the literal that begins here and is followed, in this chunk, by what ends it; 0 where it must be read byte by byte. */
export function literalAt(chunk: Buffer, at: number): number {
  const length = chunk[at] === 0x66 ? 5 : 4;
  const after = chunk[at + length];
  if (after === undefined || isDigitOrSign(after)) return 0;
  switch (chunk[at]) {
    case 0x6e:
      return chunk[at + 1] === 0x75 && chunk[at + 2] === 0x6c && chunk[at + 3] === 0x6c ? length : 0;
    case 0x74:
      return chunk[at + 1] === 0x72 && chunk[at + 2] === 0x75 && chunk[at + 3] === 0x65 ? length : 0;
    case 0x66:
      return chunk[at + 1] === 0x61 && chunk[at + 2] === 0x6c && chunk[at + 3] === 0x73 && chunk[at + 4] === 0x65
        ? length
        : 0;
    default:
      return 0;
  }
}
