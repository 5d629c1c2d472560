import type { Outcome, Workspace } from "../e2e/workspace";

/** A diagnostic of `terraform plan -json`, as far as tests look at it. */
export interface Shown {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** The resource that it is about. */
  readonly address: string | undefined;
  /** The line of the configuration that it points at. */
  readonly line: string | undefined;
}

export interface Planned {
  readonly status: number;
  readonly diagnostics: readonly Shown[];
}

/** Plans, and reads what a person is told as data. Status 0: nothing to do; 1: failed; 2: changes. */
export async function planned(workspace: Workspace, ...args: string[]): Promise<Planned> {
  const outcome = await workspace.run("plan", "-json", "-detailed-exitcode", "-input=false", ...args);
  return { status: outcome.status, diagnostics: shownBy(outcome) };
}

/** The codes of findings among diagnostics, in their order, with their severities. */
export function codes({ diagnostics }: Planned): string[] {
  return diagnostics.map(({ severity, detail }) => `${severity} ${/\(([a-z0-9-]+)\)$/.exec(detail)?.[1] ?? detail}`);
}

function shownBy({ stdout }: Outcome): Shown[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { type?: string; diagnostic?: Record<string, unknown> })
    .flatMap(({ type, diagnostic }) => (type === "diagnostic" && diagnostic ? [diagnostic] : []))
    .map(({ severity, summary, detail, address, snippet }) => ({
      severity: severity as Shown["severity"],
      summary: String(summary),
      detail: String(detail ?? ""),
      address: address as string | undefined,
      line: (snippet as { code?: string } | undefined)?.code?.trim(),
    }));
}
