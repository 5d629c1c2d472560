import type { ServerResponse } from "node:http";
import { endlessBody } from "../server/endless-body";
import type { Strike } from "./faults";

const page =
  "<!doctype html><html><head><title>Sign in</title></head><body>Please sign in to continue.</body></html>\n";

/** Answers, or does not answer, as the fault says. Gives the status that was sent, if one was. */
export function answerFault(response: ServerResponse, action: NonNullable<Strike["action"]>): number | undefined {
  if ("cut" in action) {
    response.socket?.destroy();
    return undefined;
  }
  if ("hang" in action) return undefined;
  if ("endlessBody" in action) {
    response.writeHead(200, { "content-type": "application/json" });
    endlessBody(response);
    return 200;
  }
  if ("html" in action) return send(response, 200, { "content-type": "text/html; charset=utf-8" }, page);
  if ("emptyBody" in action) return send(response, 200, { "content-type": "application/json" }, "");
  if ("malformedJson" in action) return send(response, 200, { "content-type": "application/json" }, '{"id": "gtw_0');
  if ("rateLimit" in action) {
    const { retryAfter } = action.rateLimit;
    const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
    return send(response, 429, { "content-type": "application/json", ...headers }, '{"error":"rate_limited"}');
  }
  const text = typeof action.body === "string" ? action.body : JSON.stringify(action.body);
  const type = typeof action.body === "string" ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
  return send(response, action.status, { ...(text ? { "content-type": type } : {}), ...action.headers }, text ?? "");
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): number {
  response.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body)) });
  response.end(body);
  return status;
}
