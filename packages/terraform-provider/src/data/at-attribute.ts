import { ReconcileError } from "@mcpstack/reconciler";
import { DiagnosticsError } from "@mcpstack/tfplugin";

/** Looks something up. What is not there is said at the attribute that asks for it. */
export async function atAttribute<Result>(attribute: string, lookUp: () => Promise<Result>): Promise<Result> {
  try {
    return await lookUp();
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    const detail = `${error.message} (${error.code})`;
    throw new DiagnosticsError([{ severity: "error", summary: "Not found", detail, path: [attribute] }]);
  }
}
