import { WireError } from "../cty/errors";

/** Reads MessagePack. Every length is checked against the bytes that are there before anything is made of it. */
export class MsgpackReader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  /** The next format byte, without taking it. */
  peek(): number {
    const code = this.bytes[this.at];
    if (code === undefined) throw new WireError("The value ends too early.");
    return code;
  }

  private need(size: number): number {
    const start = this.at;
    if (size > this.bytes.length - start)
      throw new WireError(`The value ends too early, at byte ${this.bytes.length}.`);
    this.at = start + size;
    return start;
  }

  /** Takes nil if it is next. */
  nil(): boolean {
    if (this.peek() !== 0xc0) return false;
    this.at++;
    return true;
  }

  bool(): boolean {
    const code = this.peek();
    if (code !== 0xc2 && code !== 0xc3) throw this.unexpected("a boolean");
    this.at++;
    return code === 0xc3;
  }

  /** A number as it was written: `text` where it came as a string. */
  number(): { integer: number | bigint } | { float: number } | { text: string } {
    const code = this.peek();
    if (code < 0x80) {
      this.at++;
      return { integer: code };
    }
    if (code >= 0xe0) {
      this.at++;
      return { integer: code - 0x100 };
    }
    const b = this.bytes;
    switch (code) {
      case 0xcc:
        return { integer: b.readUInt8(this.need(2) + 1) };
      case 0xcd:
        return { integer: b.readUInt16BE(this.need(3) + 1) };
      case 0xce:
        return { integer: b.readUInt32BE(this.need(5) + 1) };
      case 0xcf:
        return { integer: b.readBigUInt64BE(this.need(9) + 1) };
      case 0xd0:
        return { integer: b.readInt8(this.need(2) + 1) };
      case 0xd1:
        return { integer: b.readInt16BE(this.need(3) + 1) };
      case 0xd2:
        return { integer: b.readInt32BE(this.need(5) + 1) };
      case 0xd3:
        return { integer: b.readBigInt64BE(this.need(9) + 1) };
      case 0xca:
        return { float: b.readFloatBE(this.need(5) + 1) };
      case 0xcb:
        return { float: b.readDoubleBE(this.need(9) + 1) };
      default:
        return { text: this.string() };
    }
  }

  string(): string {
    const code = this.peek();
    const size =
      code >= 0xa0 && code <= 0xbf ? this.short(code & 0x1f) : this.size(code, [0xd9, 0xda, 0xdb], "a string");
    const start = this.need(size);
    return this.bytes.toString("utf8", start, start + size);
  }

  /** Binary data; a string's bytes are taken as well, since older writers had no other form. */
  binary(): Uint8Array {
    const code = this.peek();
    let size: number;
    if (code >= 0xa0 && code <= 0xbf) size = this.short(code & 0x1f);
    else if (code >= 0xd9 && code <= 0xdb) size = this.size(code, [0xd9, 0xda, 0xdb], "binary data");
    else size = this.size(code, [0xc4, 0xc5, 0xc6], "binary data");
    const start = this.need(size);
    return this.bytes.subarray(start, start + size);
  }

  arrayHead(): number {
    const code = this.peek();
    const length =
      code >= 0x90 && code <= 0x9f ? this.short(code & 0x0f) : this.size(code, [-1, 0xdc, 0xdd], "an array");
    return this.plausible(length);
  }

  mapHead(): number {
    const code = this.peek();
    const length = code >= 0x80 && code <= 0x8f ? this.short(code & 0x0f) : this.size(code, [-1, 0xde, 0xdf], "a map");
    return this.plausible(length);
  }

  get nextIsExtension(): boolean {
    const code = this.peek();
    return (code >= 0xd4 && code <= 0xd8) || (code >= 0xc7 && code <= 0xc9);
  }

  extension(): { type: number; payload: Uint8Array } {
    const code = this.peek();
    const size =
      code >= 0xd4 && code <= 0xd8
        ? this.short(1 << (code - 0xd4))
        : this.size(code, [0xc7, 0xc8, 0xc9], "an extension");
    const start = this.need(size + 1);
    return { type: this.bytes.readInt8(start), payload: this.bytes.subarray(start + 1, start + 1 + size) };
  }

  private short(size: number): number {
    this.at++;
    return size;
  }

  private size(code: number, [one, two, four]: readonly [number, number, number], wanted: string): number {
    if (code === one) return this.bytes.readUInt8(this.need(2) + 1);
    if (code === two) return this.bytes.readUInt16BE(this.need(3) + 1);
    if (code === four) return this.bytes.readUInt32BE(this.need(5) + 1);
    throw this.unexpected(wanted);
  }

  /** An element takes a byte at least: a count beyond what is left is a lie that would cost memory. */
  private plausible(length: number): number {
    if (length > this.bytes.length - this.at) throw new WireError(`A length of ${length} exceeds the value.`);
    return length;
  }

  private unexpected(wanted: string): WireError {
    return new WireError(`Expected ${wanted}, found format 0x${this.peek().toString(16)} at byte ${this.at}.`);
  }
}
