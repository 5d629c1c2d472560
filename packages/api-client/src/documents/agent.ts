import type { JsonObject } from "@mcpstack/model";
import { defined, firstText, identifiedObject, type Origin, texts } from "./parse";

/** An embedded assistant. The names of its origin and server fields are open, so both may be undefined. */
export interface AgentDocument {
  readonly id: string;
  readonly name?: string;
  readonly allowedOrigins?: readonly string[];
  /** Ids, or slugs where the document names servers by them. */
  readonly serverIds?: readonly string[];
  readonly raw: JsonObject;
}

export function decodeAgent(value: unknown, from: Origin): AgentDocument {
  const raw = identifiedObject(value, from, "agent");
  return defined<AgentDocument>({
    id: raw.id,
    name: firstText(raw, "name"),
    allowedOrigins: texts(raw.allowedOrigins) ?? texts(raw.origins),
    serverIds: texts(raw.serverIds) ?? texts(raw.mcpServerIds) ?? texts(raw.mcpServers) ?? texts(raw.servers),
    raw,
  });
}
