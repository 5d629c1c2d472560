import { formatPath, type Path } from "./path";

/** A type that is not one, in a schema or on the wire. */
export class CtyTypeError extends Error {
  readonly code = "CTY_TYPE";
  override readonly name = "CtyTypeError";
}

/** A value that does not have the type it must have. `path` leads to it from the value given. */
export class ValueError extends Error {
  readonly code = "CTY_VALUE";
  override readonly name = "ValueError";
  constructor(
    readonly path: Path,
    readonly problem: string,
  ) {
    super(path.length === 0 ? problem : `${formatPath(path)}: ${problem}`);
  }
}

/** Bytes that are not the MessagePack of a value. */
export class WireError extends Error {
  readonly code = "CTY_WIRE";
  override readonly name = "WireError";
}
