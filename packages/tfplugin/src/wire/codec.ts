import { asDynamic } from "../cty/equal";
import { ValueError, WireError } from "../cty/errors";
import type { Path } from "../cty/path";
import { type CtyType, describeType, typeFromJson, typeToJson } from "../cty/type";
import { Dynamic, isObject, Unknown, type Value, type ValueObject } from "../cty/value";
import { kindOf, readNumber, writeNumber } from "./number";
import { MsgpackReader } from "./reader";
import { readUnknown, writeUnknown } from "./refinements";
import { MsgpackWriter } from "./writer";

/** The way to where the writer is, kept as a linked list so that nothing is copied while all goes well. */
interface Steps {
  readonly parent: Steps | undefined;
  readonly step: string | number;
}
type MaybeSteps = Steps | undefined;

const codecs = new WeakMap<CtyType, Codec>();
const shared = new MsgpackWriter();

/**
 * Reads and writes values of one type. Compiled once a type and kept with it: planning a thousand resources codes thousands
 * of values of the same few types.
 */
interface Codec {
  read(reader: MsgpackReader): Value;
  write(writer: MsgpackWriter, value: Value, path: MaybeSteps): void;
}

/** The MessagePack of a value of the type. Throws a `ValueError` that names the place where the value has another. */
export function encodeValue(type: CtyType, value: Value): Uint8Array<ArrayBuffer> {
  shared.reset();
  codecOf(type).write(shared, value, undefined);
  return shared.take();
}

/** The value that the MessagePack is. Throws a `WireError` where it is none of the type. */
export function decodeValue(type: CtyType, bytes: Uint8Array): Value {
  const reader = new MsgpackReader(bytes);
  const value = codecOf(type).read(reader);
  if (!reader.atEnd) throw new WireError("Something follows the value.");
  return value;
}

function codecOf(type: CtyType): Codec {
  let codec = codecs.get(type);
  if (codec === undefined) {
    codec = nullable(type, compile(type));
    codecs.set(type, codec);
  }
  return codec;
}

/** Null and unknown are values of every type. */
function nullable(type: CtyType, inner: Codec): Codec {
  return {
    read(reader) {
      if (reader.nil()) return null;
      return reader.nextIsExtension ? readUnknown(reader) : inner.read(reader);
    },
    write(writer, value, path) {
      if (value === null || value === undefined) writer.nil();
      else if (value instanceof Unknown) writeUnknown(writer, value);
      else if (value instanceof Dynamic && type.kind !== "dynamic") this.write(writer, value.value, path);
      else inner.write(writer, value, path);
    },
  };
}

function compile(type: CtyType): Codec {
  switch (type.kind) {
    case "string":
      return {
        read: (reader) => reader.string(),
        write(writer, value, path) {
          if (typeof value !== "string") throw wrong(type, value, path);
          writer.string(value);
        },
      };
    case "bool":
      return {
        read: (reader) => reader.bool(),
        write(writer, value, path) {
          if (typeof value !== "boolean") throw wrong(type, value, path);
          writer.bool(value);
        },
      };
    case "number":
      return {
        read: readNumber,
        write(writer, value, path) {
          // The path costs an array: only a number that is no small integer may need it.
          if (typeof value === "number" && Number.isSafeInteger(value)) writeNumber(writer, value, []);
          else writeNumber(writer, value, toPath(path));
        },
      };
    case "dynamic":
      return DYNAMIC;
    case "list":
    case "set":
      return sequence(type, () => codecOf(type.element));
    case "tuple":
      return tuple(type);
    case "map":
      return map(type);
    case "object":
      return object(type);
  }
}

const DYNAMIC: Codec = {
  read(reader) {
    if (reader.arrayHead() !== 2) throw new WireError("A dynamic value is an array of its type and itself.");
    const type = typeFromJson(JSON.parse(Buffer.from(reader.binary()).toString("utf8")));
    return new Dynamic(type, codecOf(type).read(reader));
  },
  write(writer, value, path) {
    const { type, value: inner } = asDynamic(value);
    if (type.kind === "dynamic") return codecOf(type).write(writer, inner, path);
    writer.arrayHead(2);
    writer.binary(Buffer.from(JSON.stringify(typeToJson(type)), "utf8"));
    codecOf(type).write(writer, inner, path);
  },
};

function sequence(type: CtyType & { kind: "list" | "set" }, element: () => Codec): Codec {
  const inner = element();
  return {
    read(reader) {
      const length = reader.arrayHead();
      const items: Value[] = [];
      for (let i = 0; i < length; i++) items.push(inner.read(reader));
      return items;
    },
    write(writer, value, path) {
      if (!Array.isArray(value)) throw wrong(type, value, path);
      writer.arrayHead(value.length);
      for (let i = 0; i < value.length; i++) inner.write(writer, value[i] ?? null, { parent: path, step: i });
    },
  };
}

function tuple(type: CtyType & { kind: "tuple" }): Codec {
  const inner = type.elements.map(codecOf);
  return {
    read(reader) {
      if (reader.arrayHead() !== inner.length) throw new WireError(`Expected a tuple of ${inner.length}.`);
      return inner.map((codec) => codec.read(reader));
    },
    write(writer, value, path) {
      if (!Array.isArray(value)) throw wrong(type, value, path);
      if (value.length !== inner.length)
        throw new ValueError(toPath(path), `expected ${inner.length} elements, got ${value.length}`);
      writer.arrayHead(inner.length);
      inner.forEach((codec, i) => {
        codec.write(writer, value[i] ?? null, { parent: path, step: i });
      });
    },
  };
}

function map(type: CtyType & { kind: "map" }): Codec {
  const inner = codecOf(type.element);
  return {
    read(reader) {
      const length = reader.mapHead();
      const result: ValueObject = Object.create(null);
      for (let i = 0; i < length; i++) {
        const key = reader.string();
        result[key] = inner.read(reader);
      }
      return result;
    },
    write(writer, value, path) {
      if (!isObject(value)) throw wrong(type, value, path);
      const keys = Object.keys(value).sort();
      writer.mapHead(keys.length);
      for (const key of keys) {
        writer.string(key);
        inner.write(writer, value[key] ?? null, { parent: path, step: key });
      }
    },
  };
}

function object(type: CtyType & { kind: "object" }): Codec {
  const names = Object.keys(type.attributes);
  const inner = Object.values(type.attributes).map(codecOf);
  const byName = new Map(names.map((name, i) => [name, inner[i] as Codec]));
  return {
    read(reader) {
      const length = reader.mapHead();
      if (length !== names.length)
        throw new WireError(`Expected an object of ${names.length} attributes, found ${length}.`);
      const result: ValueObject = Object.create(null);
      for (let i = 0; i < length; i++) {
        const name = reader.string();
        const codec = byName.get(name);
        if (codec === undefined) throw new WireError(`${JSON.stringify(name)} is not an attribute of the object.`);
        result[name] = codec.read(reader);
      }
      return result;
    },
    write(writer, value, path) {
      if (!isObject(value)) throw wrong(type, value, path);
      for (const name of Object.keys(value)) {
        if (!byName.has(name) && value[name] !== undefined)
          throw new ValueError(toPath({ parent: path, step: name }), "the schema has no such attribute");
      }
      writer.mapHead(names.length);
      for (let i = 0; i < names.length; i++) {
        const name = names[i] as string;
        writer.string(name);
        const own = Object.hasOwn(value, name) ? (value[name] ?? null) : null;
        (inner[i] as Codec).write(writer, own, { parent: path, step: name });
      }
    },
  };
}

function wrong(type: CtyType, value: unknown, path: MaybeSteps): ValueError {
  return new ValueError(toPath(path), `expected ${describeType(type)}, got ${kindOf(value)}`);
}

function toPath(steps: MaybeSteps): Path {
  const path: (string | number)[] = [];
  for (let at = steps; at !== undefined; at = at.parent) path.push(at.step);
  return path.reverse();
}
