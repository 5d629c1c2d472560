import type { Path } from "../cty/path";

/** What a person is told. An error fails the call, a warning does not. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** One line, without a full stop. */
  readonly summary: string;
  readonly detail?: string;
  /** The attribute that it is about; of the whole block where absent. Best a configured one: Terraform shows its line. */
  readonly path?: Path;
}

export function errorDiagnostic(summary: string, detail?: string, path?: Path): Diagnostic {
  return make("error", summary, detail, path);
}

export function warningDiagnostic(summary: string, detail?: string, path?: Path): Diagnostic {
  return make("warning", summary, detail, path);
}

function make(severity: Diagnostic["severity"], summary: string, detail?: string, path?: Path): Diagnostic {
  return {
    severity,
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(path === undefined ? {} : { path }),
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
