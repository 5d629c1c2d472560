import {
  connectionFields,
  type Fields,
  type Finding,
  gatewayFields,
  metadataFields,
  type Problem,
  snakeCase,
} from "@mcpstack/model";
import { FindingsRefuse, type Hear, type Notice } from "@mcpstack/reconciler";
import { type Context, type Diagnostic, DiagnosticsError } from "@mcpstack/tfplugin";
import { withAdvice } from "./advice";
import { attributePath } from "./values/convert";

/** A problem with the configuration, at its attribute. */
export function problemDiagnostic(problem: Problem, fields: Fields): Diagnostic {
  const path = attributePath(problem.path, fields);
  const name = path.join(".");
  return {
    severity: "error",
    summary: `Invalid value for ${name}`,
    detail: `${name} ${inTerraformNames(problem.message)}. (${problem.code})`,
    path,
  };
}

/** Something that an operation says beside its result, at the attribute that it is about. */
function noticeDiagnostic({ code, severity, message, path }: Notice, fields: Fields): Diagnostic {
  // The first sentence. A full stop within quotes ends none.
  const [summary = message] = /^(?:"(?:[^"\\]|\\.)*"|[^"])*?\.(?= )/.exec(message) ?? [];
  const rest = message.slice(summary.length).trim();
  return {
    severity,
    summary: inTerraformNames(summary.replace(/\.$/, "")),
    detail: `${withAdvice(code, inTerraformNames(rest === "" ? message : rest))} (${code})`,
    path: attributePath(path, fields),
  };
}

/** Collects what an operation has to say. A plan that may come before a destroy only warns. */
export function hearing(
  fields: Fields,
  ctx?: Pick<Context, "mayPrecedeDestroy">,
): { diagnostics: Diagnostic[]; hear: Hear } {
  const diagnostics: Diagnostic[] = [];
  const hear: Hear = (notice) => {
    const said = noticeDiagnostic(notice, fields);
    const isVeto = said.severity === "error" && ctx?.mayPrecedeDestroy();
    diagnostics.push(isVeto ? { ...said, severity: "warning" } : said);
  };
  return { diagnostics, hear };
}

/** A finding about metadata, at the configured attribute that it is about. */
export function findingDiagnostic(finding: Finding, fields: Fields): Diagnostic | undefined {
  // What is only worth knowing would be noise in every plan.
  if (finding.severity === "info") return undefined;
  const lines = [
    ...(finding.expected === undefined ? [] : [`Expected: ${finding.expected}`]),
    ...(finding.found === undefined ? [] : [`Found:    ${finding.found}`]),
    ...(finding.where === undefined ? [] : [`Where:    ${finding.where}`]),
    ...(finding.standard === undefined ? [] : [`Standard: ${finding.standard}`]),
    ...(finding.event === undefined ? [] : [`Recent event: ${finding.event}`]),
  ];
  return {
    severity: finding.severity === "error" ? "error" : "warning",
    summary: inTerraformNames(finding.summary),
    detail: `${lines.length > 0 ? `${lines.join("\n")}\n\n` : ""}${inTerraformNames(finding.fix)} (${finding.code})`,
    path: attributePath(finding.path.length > 0 ? finding.path : ["authorizationServerUrl"], fields),
  };
}

/**
 * What a plan says about findings, and about values that the program may not write anew. A plan that may come before a destroy only warns:
 * both speak against what would be written, and never against taking away. The apply of such a plan judges findings again before it writes.
 */
export function planDiagnostics(
  findings: readonly Finding[],
  fields: Fields,
  ctx: Pick<Context, "mayPrecedeDestroy">,
  problems: readonly Problem[] = [],
): Diagnostic[] {
  const said = [
    ...problems.map((problem) => problemDiagnostic(problem, fields)),
    ...findings.flatMap((finding) => findingDiagnostic(finding, fields) ?? []),
  ];
  if (!said.some(({ severity }) => severity === "error") || !ctx.mayPrecedeDestroy()) return said;
  return said.map((diagnostic) => ({ ...diagnostic, severity: "warning" }));
}

/** Says why nothing was written at the attributes that the findings are about, as a plan says it. */
export async function refusingAtAttributes<Result>(work: Promise<Result>, fields: Fields): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof FindingsRefuse)) throw error;
    throw new DiagnosticsError(
      error.findings.flatMap((finding) => {
        const said = findingDiagnostic(finding, fields);
        return said ? [{ ...said, detail: `${said.detail}\n\nNothing was written. (${error.code})` }] : [];
      }),
    );
  }
}

const fieldNames: ReadonlySet<string> = new Set(
  [gatewayFields, metadataFields, connectionFields].flatMap((fields) => Object.keys(fields)),
);

/** Texts of the model name fields in camel case; here they are attributes. Quoted values stay as they are. */
export function inTerraformNames(text: string): string {
  return text.replace(/"[^"]*"|\b[a-z]+(?:[A-Z][a-z]*)+\b/g, (found) =>
    fieldNames.has(found) ? snakeCase(found) : found,
  );
}
