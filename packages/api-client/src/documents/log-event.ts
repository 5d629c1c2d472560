import type { JsonObject } from "@mcpstack/model";
import { defined, firstText, isObject, type Origin, unexpected } from "./parse";

/** An auth event or a tool call that went through a gateway. Its field names are open. */
export interface LogEvent {
  readonly id?: string;
  /** When, as the service writes it. */
  readonly at?: string;
  readonly type?: string;
  readonly outcome?: string;
  readonly message?: string;
  readonly raw: JsonObject;
}

export function decodeLogEvent(value: unknown, from: Origin): LogEvent {
  if (!isObject(value)) throw unexpected(from, "an event must be an object");
  return defined<LogEvent>({
    id: firstText(value, "id"),
    at: firstText(value, "createdOn", "timestamp", "at", "createdAt", "time", "occurredOn"),
    type: firstText(value, "type", "eventType", "event", "kind"),
    outcome: firstText(value, "outcome", "result", "status"),
    message: firstText(value, "message", "error_description", "error"),
    raw: value,
  });
}
