import type { Secrets } from "../secrets/secrets";
import { withoutTokens } from "../secrets/without-tokens";
import { defined, firstText, isObject, type Origin, unexpected } from "./parse";

/**
 * An auth event or a tool call that went through a gateway. Its field names are open. Its texts are without tokens and secrets, whoever put
 * them into the log: what is read here is shown, and kept in states. So there is no `raw` to go around that.
 */
export interface LogEvent {
  readonly id?: string;
  /** When, as the service writes it. */
  readonly at?: string;
  readonly type?: string;
  readonly outcome?: string;
  readonly message?: string;
}

export function decodeLogEvent(value: unknown, from: Origin, secrets: Secrets): LogEvent {
  if (!isObject(value)) throw unexpected(from, "an event must be an object");
  const text = (...names: string[]) => {
    const found = firstText(value, ...names);
    return found === undefined ? undefined : withoutTokens(secrets.hide(found));
  };
  return defined<LogEvent>({
    id: text("id"),
    at: text("createdOn", "timestamp", "at", "createdAt", "time", "occurredOn"),
    type: text("type", "eventType", "event", "kind"),
    outcome: text("outcome", "result", "status"),
    message: text("message", "error_description", "error"),
  });
}
