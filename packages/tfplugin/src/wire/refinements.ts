import { normalizeNumber } from "../cty/number";
import { type Refinements, Unknown, unknown } from "../cty/value";
import { readNumber, writeNumber } from "./number";
import { MsgpackReader } from "./reader";
import { MsgpackWriter } from "./writer";

const UNREFINED = 0;
const REFINED = 12;
const ZERO = Uint8Array.of(0);

const NULLNESS = 1;
const PREFIX = 2;
const LOWER = 3;
const UPPER = 4;
const MIN_LENGTH = 5;
const MAX_LENGTH = 6;

export function writeUnknown(writer: MsgpackWriter, value: Unknown): void {
  const entries = value.refinements === undefined ? [] : refinementWriters(value.refinements);
  if (entries.length === 0) {
    writer.extension(UNREFINED, ZERO);
    return;
  }
  // The payload is a value of its own, within the one that is being written.
  const payload = new MsgpackWriter();
  payload.mapHead(entries.length);
  for (const [key, write] of entries) {
    payload.int(key);
    write(payload);
  }
  writer.extension(REFINED, payload.take());
}

type Entry = readonly [number, (writer: MsgpackWriter) => void];

function refinementWriters(r: Refinements): Entry[] {
  const entries: Entry[] = [];
  const bound = (key: number, of: NonNullable<Refinements["lower"]>) =>
    entries.push([
      key,
      (writer) => {
        writer.arrayHead(2);
        writeNumber(writer, of.value, []);
        writer.bool(of.inclusive);
      },
    ]);
  if (r.notNull) entries.push([NULLNESS, (writer) => writer.bool(false)]);
  const { prefix, minLength, maxLength } = r;
  if (prefix !== undefined && prefix !== "") entries.push([PREFIX, (writer) => writer.string(prefix)]);
  if (r.lower !== undefined) bound(LOWER, r.lower);
  if (r.upper !== undefined) bound(UPPER, r.upper);
  if (minLength !== undefined && minLength > 0) entries.push([MIN_LENGTH, (writer) => writer.int(minLength)]);
  if (maxLength !== undefined) entries.push([MAX_LENGTH, (writer) => writer.int(maxLength)]);
  return entries;
}

/** Reads any extension as an unknown value: cty gives no other meaning to extensions, and asks for that of new types. */
export function readUnknown(reader: MsgpackReader): Unknown {
  const { type, payload } = reader.extension();
  if (type !== REFINED || payload.length === 0) return unknown;
  const inner = new MsgpackReader(payload);
  const count = inner.mapHead();
  const found: { -readonly [K in keyof Refinements]: Refinements[K] } = {};
  for (let i = 0; i < count; i++) {
    const key = readLength(inner);
    switch (key) {
      case NULLNESS:
        if (!inner.bool()) found.notNull = true;
        break;
      case PREFIX:
        found.prefix = inner.string();
        break;
      case LOWER:
        found.lower = readBound(inner);
        break;
      case UPPER:
        found.upper = readBound(inner);
        break;
      case MIN_LENGTH:
        found.minLength = readLength(inner);
        break;
      case MAX_LENGTH:
        found.maxLength = readLength(inner);
        break;
      default:
        // A refinement of a later version says something that may be ignored, but its length is not known here.
        return new Unknown(found);
    }
  }
  return Object.keys(found).length === 0 ? unknown : new Unknown(found);
}

function readBound(reader: MsgpackReader): NonNullable<Refinements["lower"]> {
  reader.arrayHead();
  const value = readNumber(reader);
  return { value, inclusive: reader.bool() };
}

function readLength(reader: MsgpackReader): number {
  return Number(normalizeNumber(readNumber(reader)));
}
