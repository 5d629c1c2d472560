import { ReviewInputError } from "../input-error";
import { repeatedKey } from "./repeated-key";
import { byte, escapable, isDigitOrSign, literalAt, scalarPattern } from "./tokens";

/** Keys and indexes from the top of the input; the first one is the number of the document. */
export type Path = readonly (string | number)[];

/**
 * What to do with a value: `enter` it and ask about each of its members, `keep` it whole, `sift` it (keep it only if its text
 * mentions one of the reader's subjects), or only `check` that it is JSON.
 */
export type Take = "enter" | "keep" | "sift" | "check";

/** What a value is, as far as its first byte says. */
export type Shape = "object" | "list" | "scalar";

export interface Visitor {
  /** Asked at the start of each value whose container was entered. A scalar that is entered is kept. */
  decide(path: Path, shape: Shape): Take;
  /** A value that was kept, and the line on which it begins. */
  take(path: Path, value: unknown, line: number): void;
}

/** Deeper documents are refused; no engine writes one, and what reads the kept values may recurse. */
const maxDepth = 500;
const maxScalarLength = 4096;

/** What may come next. */
enum Expect {
  Value,
  ValueOrEnd,
  KeyOrEnd,
  Key,
  Colon,
  CommaOrEnd,
}

/**
 * Reads JSON (RFC 8259) in chunks, checks all of it and keeps only the values that a visitor asks for. The memory it needs is that of
 * the largest kept or sifted value, not of the input. Several documents may follow each other, as in an event stream.
 */
export class JsonReader {
  private expect: Expect = Expect.Value;
  /** For each open container whether it is an array. */
  private readonly open: boolean[] = [];
  /** The path of entered containers and of the value at hand. */
  private readonly path: (string | number)[] = [0];
  /** The keys so far of each entered container; nothing for a list. */
  private readonly keys: (Set<string> | undefined)[] = [];
  /** Depth at which a container was begun whose members nobody is asked about; -1 outside of one. */
  private quietAt = -1;
  private kept: Buffer[] | undefined;
  private keptTake: Take = "check";
  private keptFrom = 0;
  private keptLine = 1;
  private inString = false;
  private stringIsKey = false;
  /** 0 outside of an escape, 1 after a backslash, 2 to 5 before the remaining hexadecimal digits. */
  private escape = 0;
  private key: Buffer[] | undefined;
  private keyFrom = 0;
  private scalar = "";
  private line = 1;
  private sawAnything = false;

  /** @param subjects - What a sifted value must mention one of, in lower-case letters. */
  constructor(
    private readonly visitor: Visitor,
    private readonly subjects: readonly string[],
  ) {}

  /** Takes the next chunk. The chunk must not be changed afterwards. */
  write(chunk: Buffer): void {
    this.keptFrom = 0;
    this.keyFrom = 0;
    const length = chunk.length;
    let at = 0;
    if (!this.sawAnything && length > 0) {
      this.sawAnything = true;
      at = beginning(chunk);
    }
    while (at < length) {
      if (this.inString) {
        at = this.readString(chunk, at);
        continue;
      }
      if (this.scalar !== "") {
        at = this.readScalar(chunk, at);
        continue;
      }
      const next = chunk[at] as number;
      if (next === byte.newline) this.line += 1;
      if (next === byte.space || next === byte.newline || next === byte.return || next === byte.tab) {
        at += 1;
        continue;
      }
      at = this.readToken(chunk, at, next);
    }
    if (this.kept) this.kept.push(chunk.subarray(this.keptFrom));
    if (this.key) this.key.push(chunk.subarray(this.keyFrom));
  }

  /** The input is over. */
  end(): void {
    if (this.scalar !== "") this.finishScalar();
    if (this.open.length > 0 || this.inString) {
      throw new ReviewInputError("input-truncated", `ends in the middle of the JSON, at line ${this.line}`);
    }
    if (!this.sawAnything || this.path[0] === 0) throw new ReviewInputError("input-truncated", "is empty");
  }

  private readToken(chunk: Buffer, at: number, next: number): number {
    const quiet = this.quietAt >= 0;
    switch (next) {
      case byte.openBrace:
      case byte.openBracket:
        if (this.expect !== Expect.Value && this.expect !== Expect.ValueOrEnd) return this.unexpected(next);
        this.begin(next === byte.openBracket, at, quiet);
        return at + 1;
      case byte.closeBrace:
      case byte.closeBracket:
        this.finishContainer(chunk, at, next);
        return at + 1;
      case byte.comma:
        if (this.expect !== Expect.CommaOrEnd || this.open.length === 0) return this.unexpected(next);
        this.expect = this.open[this.open.length - 1] ? Expect.Value : Expect.Key;
        return at + 1;
      case byte.colon:
        if (this.expect !== Expect.Colon) return this.unexpected(next);
        this.expect = Expect.Value;
        return at + 1;
      case byte.quote:
        this.inString = true;
        if (this.expect === Expect.Key || this.expect === Expect.KeyOrEnd) {
          this.stringIsKey = true;
          if (!quiet) {
            this.key = [];
            this.keyFrom = at;
          }
        } else if (this.expect === Expect.Value || this.expect === Expect.ValueOrEnd) {
          this.stringIsKey = false;
          if (!quiet) this.keepFrom(at, this.visitor.decide(this.path, "scalar"));
        } else return this.unexpected(next);
        return at + 1;
      default: {
        if (this.expect !== Expect.Value && this.expect !== Expect.ValueOrEnd) return this.unexpected(next);
        if (!quiet) this.keepFrom(at, this.visitor.decide(this.path, "scalar"));
        const literal = literalAt(chunk, at);
        if (literal > 0) {
          this.finishValue(chunk, at + literal);
          return at + literal;
        }
        this.scalar = String.fromCharCode(next);
        return at + 1;
      }
    }
  }

  private begin(isArray: boolean, at: number, quiet: boolean): void {
    if (this.open.length >= maxDepth) {
      throw new ReviewInputError("input-not-json", `is nested more than ${maxDepth} levels deep at line ${this.line}`);
    }
    if (!quiet) {
      const take = this.visitor.decide(this.path, isArray ? "list" : "object");
      if (take === "enter") {
        // The path's last step is the value itself; its members get a step of their own.
        this.path.push(isArray ? 0 : "");
        this.keys.push(isArray ? undefined : new Set());
      } else {
        this.quietAt = this.open.length;
        if (take !== "check") this.keepFrom(at, take);
      }
    }
    this.open.push(isArray);
    this.expect = isArray ? Expect.ValueOrEnd : Expect.KeyOrEnd;
  }

  private finishContainer(chunk: Buffer, at: number, next: number): void {
    const isArray = next === byte.closeBracket;
    const mayEnd =
      this.expect === Expect.CommaOrEnd ||
      (isArray ? this.expect === Expect.ValueOrEnd : this.expect === Expect.KeyOrEnd);
    if (!mayEnd || this.open.length === 0 || this.open[this.open.length - 1] !== isArray) {
      this.unexpected(next);
    }
    this.open.pop();
    if (this.quietAt < 0) {
      this.path.pop();
      this.keys.pop();
      this.finishValue(chunk, at + 1);
    } else if (this.quietAt === this.open.length) {
      this.quietAt = -1;
      this.finishValue(chunk, at + 1);
    } else {
      this.expect = Expect.CommaOrEnd;
    }
  }

  private readString(chunk: Buffer, from: number): number {
    const length = chunk.length;
    let at = from;
    while (at < length) {
      const next = chunk[at] as number;
      if (this.escape > 0) {
        this.readEscape(next);
      } else if (next === byte.quote) {
        this.inString = false;
        at += 1;
        if (this.stringIsKey) this.finishKey(chunk, at);
        else this.finishValue(chunk, at);
        return at;
      } else if (next === byte.backslash) {
        this.escape = 1;
      } else if (next < 0x20) {
        throw new ReviewInputError("input-not-json", `has a control character inside a string at line ${this.line}`);
      }
      at += 1;
    }
    return at;
  }

  private readEscape(next: number): void {
    if (this.escape === 1) {
      if (next === 0x75) this.escape = 2;
      else if (escapable.has(next)) this.escape = 0;
      else throw new ReviewInputError("input-not-json", `has an unknown escape inside a string at line ${this.line}`);
      return;
    }
    const isHex = (next >= 0x30 && next <= 0x39) || (next >= 0x41 && next <= 0x46) || (next >= 0x61 && next <= 0x66);
    if (!isHex) throw new ReviewInputError("input-not-json", `has a broken \\u escape at line ${this.line}`);
    this.escape = this.escape === 5 ? 0 : this.escape + 1;
  }

  private readScalar(chunk: Buffer, from: number): number {
    let at = from;
    while (at < chunk.length && isDigitOrSign(chunk[at] as number)) at += 1;
    this.scalar += chunk.toString("latin1", from, at);
    if (this.scalar.length > maxScalarLength) {
      throw new ReviewInputError("input-not-json", `has a number without end at line ${this.line}`);
    }
    if (at < chunk.length) this.finishScalar(chunk, at);
    return at;
  }

  private finishScalar(chunk: Buffer = Buffer.alloc(0), at = 0): void {
    if (!scalarPattern.test(this.scalar)) {
      throw new ReviewInputError(
        "input-not-json",
        `is not JSON: line ${this.line} has ${JSON.stringify(this.scalar.slice(0, 20))} where a value belongs`,
      );
    }
    this.scalar = "";
    this.finishValue(chunk, at);
  }

  private finishKey(chunk: Buffer, at: number): void {
    this.expect = Expect.Colon;
    if (!this.key) return;
    this.key.push(chunk.subarray(this.keyFrom, at));
    const key = JSON.parse(text(this.key)) as string;
    this.key = undefined;
    const keys = this.keys[this.keys.length - 1];
    if (keys?.has(key)) throw repeated(key, this.line);
    keys?.add(key);
    this.path[this.path.length - 1] = key;
  }

  private keepFrom(at: number, take: Take): void {
    if (take === "check") return;
    this.kept = [];
    this.keptTake = take;
    this.keptFrom = at;
    this.keptLine = this.line;
  }

  private finishValue(chunk: Buffer, at: number): void {
    this.expect = Expect.CommaOrEnd;
    if (this.quietAt >= 0) return;
    if (this.kept) {
      this.kept.push(chunk.subarray(this.keptFrom, at));
      const raw = this.kept.length === 1 ? (this.kept[0] as Buffer) : Buffer.concat(this.kept);
      this.kept = undefined;
      if (this.keptTake !== "sift" || mentions(raw, this.subjects)) {
        const kept = raw.toString("utf8");
        const twice = repeatedKey(kept);
        if (twice !== undefined) throw repeated(twice, this.keptLine);
        this.visitor.take(this.path, JSON.parse(kept), this.keptLine);
      }
    }
    const last = this.path.length - 1;
    const step = this.path[last];
    if (typeof step === "number") this.path[last] = step + 1;
    if (this.open.length === 0) this.expect = Expect.Value;
  }

  private unexpected(next: number): never {
    const shown = next >= 0x20 && next < 0x7f ? `"${String.fromCharCode(next)}"` : `byte 0x${next.toString(16)}`;
    throw new ReviewInputError(
      "input-not-json",
      `is not JSON: line ${this.line} has ${shown} where it does not belong`,
    );
  }
}

/** Of a key that is given twice, readers take one or the other (RFC 8259 §4), so nobody can say what the document means. */
function repeated(key: string, line: number): ReviewInputError {
  return new ReviewInputError(
    "input-not-json",
    `has the key ${JSON.stringify(key.slice(0, 60))} twice in one object, at or below line ${line}`,
  );
}

/** Names the encodings that shells are known to write instead of UTF-8, and skips a byte order mark. */
function beginning(chunk: Buffer): number {
  if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return 3;
  // JSON begins with an ASCII character, so without a mark a zero byte among the first two tells (RFC 4627 §3).
  const hasMark = (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
  if (hasMark || (chunk.length > 1 && (chunk[0] === 0) !== (chunk[1] === 0))) {
    throw new ReviewInputError(
      "input-not-json",
      "is UTF-16, as some shells write it: redirect with a shell that writes bytes as they are, or convert it to UTF-8",
    );
  }
  if (chunk[0] === 0x50 && chunk[1] === 0x4b) {
    throw new ReviewInputError(
      "input-not-json",
      "is a binary plan file: give the output of `terraform show -json PLANFILE` (or `tofu show -json PLANFILE`) instead",
    );
  }
  return 0;
}

function text(parts: readonly Buffer[]): string {
  return parts.length === 1 ? (parts[0] as Buffer).toString("utf8") : Buffer.concat(parts).toString("utf8");
}

/** Whether a JSON text mentions a subject, or holds escapes of letters that could spell it. */
function mentions(raw: Buffer, subjects: readonly string[]): boolean {
  return subjects.some((subject) => raw.includes(subject)) || raw.includes("\\u006") || raw.includes("\\u007");
}
