export type { DiagnosticMessage } from "./convert/diagnostics";
export { fromDynamicValue, toDynamicValue } from "./convert/dynamic-value";
export { asDynamic, equalValues, inferType } from "./cty/equal";
export { CtyTypeError, ValueError, WireError } from "./cty/errors";
export { type CtyNumber, normalizeNumber, numberText, parseNumber } from "./cty/number";
export { formatPath, type Path } from "./cty/path";
export { type CtyType, sameType, type TypeJson, t, typeFromJson, typeToJson } from "./cty/type";
export {
  Decimal,
  Dynamic,
  isObject,
  isUnknown,
  isWhollyKnown,
  member,
  plain,
  type Refinements,
  Unknown,
  unknown,
  type Value,
  type ValueObject,
} from "./cty/value";
export { type Diagnostic, errorDiagnostic, hasErrors, warningDiagnostic } from "./diagnostics/diagnostic";
export { DefinitionError, DiagnosticsError, FunctionError, PartialApply } from "./diagnostics/errors";
export { HandshakeError } from "./handshake/errors";
export { createLog, type Level, type Log, logLevel } from "./log/log";
export { StoppedError } from "./provider/calls";
export type * from "./provider/definition";
export { valueFromJson } from "./provider/json-value";
export { parseJson } from "./provider/parse-json";
export type { Json, PrivateState } from "./provider/private";
export { createServer, type ProviderServer } from "./provider/server";
export type {
  Attribute,
  AttributeChange,
  Block,
  NestedAttribute,
  NestingMode,
  PlanModifier,
  SchemaDefinition,
  TypedAttribute,
  Validator,
} from "./schema/attribute";
export { type Schema, schema } from "./schema/schema";
export { type ServeOptions, serve } from "./serve/serve";
export { decodeValue, encodeValue } from "./wire/codec";
