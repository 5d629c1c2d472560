import type { ServerDocument } from "@mcpstack/api-client";
import type { ServerFacts, ToolFacts } from "@mcpstack/oauth-metadata";
import { isRecord } from "./read-json";

/** What a server's document tells of its tools; what it does not tell is left out, and nothing is concluded from it. */
export function toolFacts(server: ServerDocument): readonly ToolFacts[] | undefined {
  if (!Array.isArray(server.raw.tools)) return undefined;
  return server.tools.flatMap((tool): ToolFacts[] => {
    if (!isRecord(tool) || typeof tool.name !== "string") return [];
    return [
      {
        name: tool.name,
        ...(typeof tool.enabled === "boolean" ? { enabled: tool.enabled } : {}),
        ...(isTexts(tool.requiredScopes) ? { requiredScopes: tool.requiredScopes } : {}),
      },
    ];
  });
}

/** The scopes that a server asks for, where its document narrows its gateway's. */
export function scopesOf(server: ServerDocument): Pick<ServerFacts, "scopes"> {
  const scopes = server.raw.scopes;
  return isTexts(scopes) && scopes.length > 0 ? { scopes } : {};
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
