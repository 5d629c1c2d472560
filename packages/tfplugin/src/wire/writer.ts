/**
 * Writes MessagePack. One writer is used over and over: `take` copies out what was written and starts anew, so that a call
 * costs one allocation.
 */
export class MsgpackWriter {
  private bytes: Buffer = Buffer.allocUnsafe(4096);
  private at = 0;

  reset(): void {
    this.at = 0;
  }

  take(): Uint8Array<ArrayBuffer> {
    const result = new Uint8Array(this.at);
    result.set(this.bytes.subarray(0, this.at));
    this.at = 0;
    // One very large value should not hold its memory for the life of the process.
    if (this.bytes.length > 1 << 22) this.bytes = Buffer.allocUnsafe(4096);
    return result;
  }

  private room(size: number): void {
    if (this.at + size <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + size));
    this.bytes.copy(grown, 0, 0, this.at);
    this.bytes = grown;
  }

  private byte(value: number): void {
    this.room(1);
    this.bytes[this.at++] = value;
  }

  nil(): void {
    this.byte(0xc0);
  }

  bool(value: boolean): void {
    this.byte(value ? 0xc3 : 0xc2);
  }

  /** The shortest form of an integer between -2^63 and 2^64-1. */
  int(value: number | bigint): void {
    this.room(9);
    const b = this.bytes;
    if (typeof value === "bigint") {
      if (value >= -0x80000000n && value <= 0xffffffffn) this.int(Number(value));
      else if (value >= 0n) {
        b[this.at++] = 0xcf;
        this.at = b.writeBigUInt64BE(value, this.at);
      } else {
        b[this.at++] = 0xd3;
        this.at = b.writeBigInt64BE(value, this.at);
      }
    } else if (value >= 0) {
      if (value < 0x80) b[this.at++] = value;
      else if (value <= 0xff) {
        b[this.at++] = 0xcc;
        b[this.at++] = value;
      } else if (value <= 0xffff) {
        b[this.at++] = 0xcd;
        this.at = b.writeUInt16BE(value, this.at);
      } else if (value <= 0xffffffff) {
        b[this.at++] = 0xce;
        this.at = b.writeUInt32BE(value, this.at);
      } else {
        b[this.at++] = 0xcf;
        this.at = b.writeBigUInt64BE(BigInt(value), this.at);
      }
    } else if (value >= -0x20) b[this.at++] = value & 0xff;
    else if (value >= -0x80) {
      b[this.at++] = 0xd0;
      b[this.at++] = value & 0xff;
    } else if (value >= -0x8000) {
      b[this.at++] = 0xd1;
      this.at = b.writeInt16BE(value, this.at);
    } else if (value >= -0x80000000) {
      b[this.at++] = 0xd2;
      this.at = b.writeInt32BE(value, this.at);
    } else {
      b[this.at++] = 0xd3;
      this.at = b.writeBigInt64BE(BigInt(value), this.at);
    }
  }

  /** Four bytes where they hold the number exactly, eight otherwise. */
  float(value: number): void {
    this.room(9);
    if (Math.fround(value) === value) {
      this.bytes[this.at++] = 0xca;
      this.at = this.bytes.writeFloatBE(value, this.at);
    } else {
      this.bytes[this.at++] = 0xcb;
      this.at = this.bytes.writeDoubleBE(value, this.at);
    }
  }

  string(value: string): void {
    let text = value;
    let size = Buffer.byteLength(text, "utf8");
    // cty compares strings in Unicode's normal form C; text in ASCII is in it already.
    if (size !== text.length) {
      text = text.normalize("NFC");
      size = Buffer.byteLength(text, "utf8");
    }
    this.room(size + 5);
    if (size < 0x20) this.bytes[this.at++] = 0xa0 | size;
    else this.head(size, 0xd9, 0xda, 0xdb);
    this.at += this.bytes.write(text, this.at, "utf8");
  }

  binary(value: Uint8Array): void {
    this.room(value.length + 5);
    this.head(value.length, 0xc4, 0xc5, 0xc6);
    this.bytes.set(value, this.at);
    this.at += value.length;
  }

  arrayHead(length: number): void {
    this.room(5);
    if (length < 0x10) this.bytes[this.at++] = 0x90 | length;
    else this.head(length, undefined, 0xdc, 0xdd);
  }

  mapHead(length: number): void {
    this.room(5);
    if (length < 0x10) this.bytes[this.at++] = 0x80 | length;
    else this.head(length, undefined, 0xde, 0xdf);
  }

  extension(type: number, payload: Uint8Array): void {
    this.room(payload.length + 6);
    const fixed = { 1: 0xd4, 2: 0xd5, 4: 0xd6, 8: 0xd7, 16: 0xd8 }[payload.length];
    if (fixed !== undefined) this.bytes[this.at++] = fixed;
    else this.head(payload.length, 0xc7, 0xc8, 0xc9);
    this.bytes[this.at++] = type;
    this.bytes.set(payload, this.at);
    this.at += payload.length;
  }

  private head(size: number, one: number | undefined, two: number, four: number): void {
    if (one !== undefined && size <= 0xff) {
      this.bytes[this.at++] = one;
      this.bytes[this.at++] = size;
    } else if (size <= 0xffff) {
      this.bytes[this.at++] = two;
      this.at = this.bytes.writeUInt16BE(size, this.at);
    } else {
      this.bytes[this.at++] = four;
      this.at = this.bytes.writeUInt32BE(size, this.at);
    }
  }
}
