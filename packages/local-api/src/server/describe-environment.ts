import type { LocalApi } from "./start-local-api";

/** The lines that a person pastes into a shell to use a running local API. */
export function describeEnvironment(api: Pick<LocalApi, "environment">): string[] {
  return Object.entries(api.environment()).map(([name, value]) => `export ${name}=${quote(value)}`);
}

function quote(value: string): string {
  return /^[\w:/.@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
