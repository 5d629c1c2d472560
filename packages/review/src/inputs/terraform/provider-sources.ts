import type { Kept } from "../document";
import { plainSource, type Sources } from "../provider-sources";
import { isRecord, text } from "../values";
import { type Configuration, configuredName } from "./configuration";

/**
 * Who serves each resource and data source of a plan, by its name in the configuration. The state before the plan is asked about data
 * sources alone: of resources, an engine writes the new provider there, too.
 */
export function sourcesOf(kept: readonly Kept[], configuration: Configuration): Sources {
  const found = new Map<string, Set<string>>();
  const add = (name: string, source: unknown) => {
    const written = text(source);
    if (written !== undefined) found.set(name, (found.get(name) ?? new Set()).add(plainSource(written)));
  };
  const byKey = new Map<string, unknown>();
  for (const { path, value } of kept) {
    if (path[1] === "configuration" && path[2] === "provider_config" && isRecord(value))
      byKey.set(String(path[3]), value.full_name);
    const entry = entryOf({ path, value });
    const address = text(entry?.address);
    if (entry && address !== undefined) add(configuredName(address) ?? address, entry.provider_name);
  }
  for (const [name, key] of configuration.uses) add(name, byKey.get(key));
  return found;
}

/** What a plan says of a resource or a data source of MCP Stack. */
function entryOf({ path, value }: Pick<Kept, "path" | "value">): Record<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const entry = path[1] === "deferred_changes" ? value.resource_change : value;
  const isOfState = path[1] === "prior_state" && value.mode === "data";
  if (path[1] !== "resource_changes" && path[1] !== "deferred_changes" && !isOfState) return undefined;
  return isRecord(entry) && /^mcpstack_/.test(String(entry.type)) ? entry : undefined;
}
