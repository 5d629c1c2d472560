import type { CtyType } from "../cty/type";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { Diagnostic_Severity } from "../wire/gen/tfplugin6_pb";
import { type PathMessage, toAttributePath } from "./path";

export interface DiagnosticMessage {
  severity: Diagnostic_Severity;
  summary: string;
  detail: string;
  attribute?: PathMessage;
}

/** `type` is that of the block which the paths are within; it tells a map's key from an attribute's name. */
export function toDiagnostics(diagnostics: readonly Diagnostic[] | undefined, type?: CtyType): DiagnosticMessage[] {
  return (diagnostics ?? []).map(({ severity, summary, detail, path }) => ({
    severity: severity === "error" ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary,
    detail: detail ?? "",
    ...(path === undefined || path.length === 0 ? {} : { attribute: toAttributePath(type, path) }),
  }));
}
