import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { endlessBody } from "../server/endless-body";
import type { TableResponse } from "./table-response";

export async function sendTableResponse(response: ServerResponse, answer: TableResponse): Promise<void> {
  if (answer.delayMs !== undefined) await wait(answer.delayMs, undefined, { ref: false });
  if (answer.hang) return;
  if (answer.cut) {
    response.socket?.destroy();
    return;
  }
  const location = answer.redirect === undefined ? {} : { location: answer.redirect };
  response.writeHead(answer.status ?? (answer.redirect === undefined ? 200 : 302), {
    ...(typeof answer.body === "object" || answer.endless ? { "content-type": "application/json" } : {}),
    ...location,
    ...answer.headers,
  });
  const body = Buffer.from(typeof answer.body === "object" ? JSON.stringify(answer.body) : (answer.body ?? ""));
  if (answer.endless) endlessBody(response);
  else if (answer.drip !== undefined) await drip(response, body, answer.drip);
  else response.end(body);
}

async function drip(response: ServerResponse, body: Buffer, pace: { bytes: number; everyMs: number }): Promise<void> {
  for (let at = 0; at < body.length && !response.destroyed; at += pace.bytes) {
    response.write(body.subarray(at, at + pace.bytes));
    await wait(pace.everyMs, undefined, { ref: false });
  }
  response.end();
}
