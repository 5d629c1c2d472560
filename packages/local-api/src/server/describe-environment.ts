import type { LocalApi } from "./start-local-api";

/** The lines that a person pastes into a shell to use a running local API. */
export function describeEnvironment(api: Pick<LocalApi, "environment">): string[] {
  // That this API never lags must not outlive it in a shell that is pointed at the real service next.
  const { MCPSTACK_READ_LAG: _, ...connection } = api.environment();
  return Object.entries(connection).map(([name, value]) => `export ${name}=${quote(value)}`);
}

function quote(value: string): string {
  return /^[\w:/.@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
