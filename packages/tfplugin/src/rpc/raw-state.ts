import { errorDiagnostic } from "../diagnostics/diagnostic";
import { DiagnosticsError } from "../diagnostics/errors";
import { parseJson } from "../provider/parse-json";
import type { Json } from "../provider/private";
import type { RawState } from "../wire/gen/tfplugin6_pb";

/** The JSON of a state. Only Terraform before 0.12 wrote the flat form, and no provider of this library is that old. */
export function jsonOf(raw: RawState | undefined, typeName: string): unknown {
  if (raw === undefined) return null;
  if (raw.json.length > 0) return parseJson(Buffer.from(raw.json).toString("utf8"));
  if (Object.keys(raw.flatmap).length === 0) return null;
  throw new DiagnosticsError([
    errorDiagnostic(
      `Could not read the state of ${typeName}`,
      "The state is in the form that Terraform 0.11 and earlier wrote, which this provider cannot read. Import the resource anew.",
    ),
  ]);
}

/** The same for an author's function: plain JSON, where a number may have lost digits that no JavaScript number has. */
export function plainJsonOf(raw: RawState | undefined, typeName: string): Json {
  if (raw !== undefined && raw.json.length > 0) return JSON.parse(Buffer.from(raw.json).toString("utf8")) as Json;
  return jsonOf(raw, typeName) as null;
}
